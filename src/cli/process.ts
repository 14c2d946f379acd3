/** Exit codes of the command line: 0 done, 1 the check failed, 2 usage or configuration error, 141 nobody reads any more. */
const EXIT = { failed: 1, usage: 2, closedPipe: 128 + 13 } as const

export function fail(command: string, message: string, code: number = EXIT.usage): never {
  process.stderr.write(`phigate ${command}: ${message}\n`)
  process.exit(code)
}

/** A reader that has enough (`| head`) ends the command, as it ends others: without a word, by exit code 141. */
export function exitOnClosedPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.closedPipe)
    throw error
  })
}

/** Resolves on the first SIGTERM or SIGINT; a second one ends the process at once. */
export function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1))
        resolve()
      })
    }
  })
}

/**
 * An error that nobody caught ends the process in order: what is under way is finished or refused, the log is closed.
 * Its text is not printed: it may hold anything.
 */
export function stopOnCrash(stop: () => Promise<void>): void {
  process.once('uncaughtException', (error) => {
    const time = new Date().toISOString()
    process.stderr.write(`${JSON.stringify({ time, event: 'crash', error: error.name })}\n`)
    const leave = (): never => process.exit(EXIT.failed)
    stop().then(leave, leave)
  })
}
