import { Component, signal } from '@angular/core';
import { fetchOrders, type Order } from '../../shared/shop.js';

@Component({
  selector: 'admin-orders',
  template: `
    <h2>Orders</h2>
    <button type="button" (click)="show('POST')">Place an order</button>
    <table>
      <thead><tr><th>Order</th><th>Item</th><th>Total</th></tr></thead>
      <tbody>@for (order of orders(); track order.id) { <tr><td>{{ order.id }}</td><td>{{ order.item }}</td><td>{{ order.total }}</td></tr> }</tbody>
    </table>
  `,
})
export class Orders {
  readonly orders = signal<Order[]>([]);

  constructor() {
    void this.show('GET');
  }

  async show(method: 'GET' | 'POST'): Promise<void> {
    this.orders.set(await fetchOrders(method));
  }
}
