/** What a step of the suite found. */
export interface Outcome {
  readonly passed: number
  readonly failed: number
  /** Told only where something failed. */
  readonly report: string
  /** Why nothing was tried: told instead of an outcome. */
  readonly skipped?: string
}

/** One line of the suite. A check is about the code, a test about what it does. */
export interface Step {
  readonly name: string
  readonly kind: 'check' | 'test'
  run(tools: Tools): Promise<Outcome>
}

/** What the steps share. */
export interface Tools {
  /** The repository's directory, absolute. */
  readonly root: string
  /** Where results are written: not part of the repository. */
  readonly results: string
  readonly program: (command: string, args: readonly string[]) => Promise<Ended>
  /** Path of OPA, which may have to be built first. */
  readonly opa: () => Promise<string>
}

/** How a program ended. `code` is -1 where it could not be started or was stopped. */
export interface Ended {
  readonly code: number
  /** Both streams, as they came. */
  readonly output: string
}

/** The outcome of something that holds or does not. */
export function oneCheck(holds: boolean, report: string): Outcome {
  return holds ? { passed: 1, failed: 0, report: '' } : { passed: 0, failed: 1, report }
}
