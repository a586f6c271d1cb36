/** The same value with its typed arrays in memory that threads share instead of copying it. */
export function shared<Value>(value: Value): Value {
  if (ArrayBuffer.isView(value)) {
    const { buffer, byteOffset, byteLength } = value;
    if (buffer instanceof SharedArrayBuffer) return value;
    const memory = new SharedArrayBuffer(byteLength);
    new Uint8Array(memory).set(new Uint8Array(buffer, byteOffset, byteLength));
    return new (value.constructor as new (memory: SharedArrayBuffer) => Value)(memory);
  }
  if (Array.isArray(value)) return value.map(shared) as Value;
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shared(each)])) as Value;
}
