export const SEMI_SPACE = '--max-semi-space-size=8'

/** With what the start scripts of package.json, and the image, start phigate. */
export const START_FLAGS: readonly string[] = [SEMI_SPACE, '--heap-growing-percent=120']

/** What the image says to glibc (mallopt(3)). The scripts say nothing: they run where there is no glibc, too. */
export const IMAGE_ENVIRONMENT = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '131072',
} as const
