export function openWhy() {}
