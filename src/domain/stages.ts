declare const stage: unique symbol

/**
 * A value that has come as far as `Name` on the path of an exchange (law 1): parsed, inspected, decided, masked,
 * cleared. Each is minted by the function of its stage alone, from the one before; so the order is a matter of types.
 */
export type Stage<Name extends string, T> = T & { readonly [stage]: Name }

/** Gives a value its stage. Only for the one function that the stage is named after. */
export function reach<S extends Stage<string, object>>(value: Omit<S, typeof stage>): S {
  return value as S
}

/** Bytes that went through masking. Nothing else can be forwarded: a body as it came does not compile there. */
export type MaskedBody = Stage<'masked', Uint8Array>
