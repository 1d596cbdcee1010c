// Whether a wheel or a finger pushes toward older rows. It is asked beside the scrolling itself: while a stream pins a list to its end with each
// picture, the scroll event alone may come too late.

export class UpwardPush {
  #touchY = 0;

  read(event: WheelEvent | TouchEvent): boolean {
    if (!('touches' in event)) return event.deltaY < 0;
    const y = event.touches[0]?.clientY ?? 0, isUp = event.type === 'touchmove' && y > this.#touchY;
    this.#touchY = y;
    return isUp;
  }
}
