/** A line on the terminal that counts; nothing where stderr is none. */
export interface Progress {
  readonly at: (count: number) => void
  readonly done: () => void
}

const EVERY_MS = 100

export function progressOf(unit: string): Progress {
  if (!process.stderr.isTTY) return { at: () => {}, done: () => {} }
  let shown = 0
  return {
    at(count) {
      const now = Date.now()
      if (now - shown < EVERY_MS) return
      shown = now
      process.stderr.write(`\r\u001B[2K${count} ${unit}`)
    },
    done: () => void process.stderr.write('\r\u001B[2K'),
  }
}
