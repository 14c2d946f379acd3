import { SchemaError } from '../schema/index.ts'
import { PolicyError } from '../policy/index.ts'

/**
 * Runs one `phigate policy` command and sets the exit code: what it gives, and 2 for what cannot be used. The messages
 * of these errors name files, rows and paths, never a value.
 */
export async function attempt(act: () => Promise<0 | 1>): Promise<void> {
  try {
    process.exitCode = await act()
  } catch (error) {
    if (!(error instanceof PolicyError) && !(error instanceof SchemaError)) throw error
    console.error(error.message)
    process.exitCode = 2
  }
}
