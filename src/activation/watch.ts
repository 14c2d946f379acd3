/** Looks at something again and again, and says when it has become another and stays so. */
export interface Watch {
  stop(): void
}

/**
 * Polls, because a file may be replaced, or be behind a symbolic link that is (a mounted ConfigMap): its events do not
 * come then. What changes between two looks is not told of before it has rested for one: half a file is no policy.
 * @param stamp differs when what is watched does
 */
export function watchStamp(stamp: () => string, everyMs: number, onChange: () => void): Watch {
  let told = read(stamp)
  let seen = told
  const timer = setInterval(() => {
    const now = read(stamp)
    if (now === seen && now !== told) {
      told = now
      onChange()
    }
    seen = now
  }, everyMs)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

/** A folder that cannot be read is just another state of it. */
function read(stamp: () => string): string {
  try {
    return stamp()
  } catch {
    return 'unreadable'
  }
}
