import { createSignal, For, onMount } from 'solid-js';
import { fetchOrders, type Order } from '../shared/shop.js';

export function Orders() {
  const [orders, setOrders] = createSignal<Order[]>([]);
  const show = async (method: 'GET' | 'POST') => setOrders(await fetchOrders(method));
  onMount(() => void show('GET'));

  return (
    <>
      <h2>Orders</h2>
      <button type="button" onClick={() => void show('POST')}>Place an order</button>
      <table>
        <thead><tr><th>Order</th><th>Item</th><th>Total</th></tr></thead>
        <tbody><For each={orders()}>{({ id, item, total }) => <tr><td>{id}</td><td>{item}</td><td>{total}</td></tr>}</For></tbody>
      </table>
    </>
  );
}
