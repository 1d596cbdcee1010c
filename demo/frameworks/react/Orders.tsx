import { useEffect, useState } from 'react';
import { fetchOrders, type Order } from '../shared/shop.js';

export function Orders() {
  const [orders, setOrders] = useState<Order[]>([]);
  useEffect(() => {
    void fetchOrders('GET').then(setOrders);
  }, []);

  return (
    <>
      <h2>Orders</h2>
      <button type="button" onClick={() => void fetchOrders('POST').then(setOrders)}>Place an order</button>
      <table>
        <thead><tr><th>Order</th><th>Item</th><th>Total</th></tr></thead>
        <tbody>{orders.map(({ id, item, total }) => <tr key={id}><td>{id}</td><td>{item}</td><td>{total}</td></tr>)}</tbody>
      </table>
    </>
  );
}
