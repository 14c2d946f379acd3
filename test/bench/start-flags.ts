export const SEMI_SPACE = '--max-semi-space-size=8'

/** With what the start scripts of package.json, and the image, start phigate. */
export const START_FLAGS: readonly string[] = [SEMI_SPACE, '--heap-growing-percent=120']
