// The first room: tap what you like, see what follows.

export function createView() {
  return { show() {}, update() {}, hide() {} };
}
