/** One thing that is wrong in a configuration file: where, and what is allowed there. */
export interface Problem {
  /** JSON Pointer into the file. */
  readonly path: string
  readonly message: string
}

/** A setting that stops the start. The message names file and path, and what is allowed; never a value. */
export class ConfigError extends Error {
  /** What is wrong in the file; empty where it is not a file's setting. */
  readonly problems: readonly Problem[]

  constructor(message: string, options?: ErrorOptions, problems: readonly Problem[] = []) {
    super(message, options)
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/** All that is wrong in a file, a line each. */
export function wrongIn(file: string, problems: readonly Problem[]): ConfigError {
  const lines = problems.map(({ path, message }) => `${file}: ${path} ${message}`)
  return new ConfigError(lines.join('\n'), undefined, problems)
}
