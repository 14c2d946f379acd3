import type { EngineFactory, PolicyBundle } from '../../../src/policy/index.ts'

/** A bundle that no engine of OPA could load: for tests with a fake engine. */
export function fakeBundle(data: Record<string, unknown> = {}): PolicyBundle {
  return {
    revision: '0123456789ab',
    digest: '0123456789ab'.padEnd(64, '0'),
    wasm: new Uint8Array(),
    data: { gateway_config: { signals: [] }, ...data },
  }
}

/**
 * Engines that answer what the function returns or throws, and count their evaluations and openings. Each holds
 * `baseBytes` when it opens, and `grownBytes` more after every evaluation.
 */
export function fakeEngines(answer: () => unknown, grownBytes = 0, baseBytes = 0) {
  const calls = { opened: 0, evaluated: 0 }
  const factory: EngineFactory = () => {
    calls.opened += 1
    let held = baseBytes
    return {
      evaluate() {
        calls.evaluated += 1
        held += grownBytes
        return answer()
      },
      memoryBytes: () => held,
    }
  }
  return { factory, calls }
}
