// How many elements are observed by a ResizeObserver and still alive: one that is let go of must not be held by who watched it.

const elements = new Set<WeakRef<Element>>();
const known = new WeakMap<Element, WeakRef<Element>>();
const { observe, unobserve } = ResizeObserver.prototype;

ResizeObserver.prototype.observe = function (element, options) {
  const ref = known.get(element) ?? new WeakRef(element);
  known.set(element, ref);
  elements.add(ref);
  observe.call(this, element, options);
};

ResizeObserver.prototype.unobserve = function (element) {
  const ref = known.get(element);
  if (ref !== undefined) elements.delete(ref);
  unobserve.call(this, element);
};

/** Right after a collection of what is not alive any more. */
export function observedElements(): number {
  return [...elements].filter((ref) => ref.deref() !== undefined).length;
}
