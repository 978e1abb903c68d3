/**
 * An SDK type as it travels in AWS JSON 1.1: a `Date` is a number of epoch **seconds** with a fraction.
 * Handlers of the local cloud take and return these, so that encoding costs nothing per request.
 */
export type Wire<T> = T extends Date
  ? number
  : T extends Uint8Array
    ? string
    : T extends readonly (infer U)[]
      ? Wire<U>[]
      : T extends object
        ? { [K in keyof T]: Wire<T[K]> }
        : T

/** Epoch milliseconds (our state) to epoch seconds (the wire). */
export const toWireTime = (epochMs: number): number => epochMs / 1000
