import * as library from '@open-policy-agent/opa-wasm'
import { isRecord, type PolicyBundle } from '../bundle.ts'
import { ENTRYPOINTS, type PolicyEngine } from '../engine.ts'
import { PolicyError } from '../policy-error.ts'

export interface OpaWasmOptions {
  /** Most memory the policy may take, in pages of 64 KiB; 64 MiB, and room for its data, when not given. */
  readonly maximumPages?: number
}

/** The part of the library that is used; its own types are weak, and leave out the default export that holds it. */
interface Loaded {
  readonly entrypoints: unknown
  readonly mem: { readonly buffer: ArrayBuffer }
  readonly wasmInstance: {
    readonly exports: { builtins(): number; opa_json_dump(address: number): number }
  }
  setData(data: object): void
  evaluate(input: unknown, entrypoint: string): unknown
}

type LoadPolicy = (wasm: Uint8Array, memory: { initial: number; maximum: number }) => Loaded

const { loadPolicySync } = (library as unknown as { default: { loadPolicySync: LoadPolicy } })
  .default

/**
 * An engine that evaluates the bundle's WASM in this thread.
 * @throws PolicyError when the module does not load, lacks an entrypoint or needs a builtin of the host
 */
export function openOpaWasm(bundle: PolicyBundle, options: OpaWasmOptions = {}): PolicyEngine {
  const loaded = load(bundle, options.maximumPages ?? pagesFor(bundle))
  const idle = loaded.mem.buffer.byteLength
  return {
    evaluate(entrypoint, input) {
      const results = guard('policy evaluation failed', () => loaded.evaluate(input, entrypoint))
      // The result set is empty where the rule is undefined.
      const first: unknown = Array.isArray(results) && results.length === 1 ? results[0] : undefined
      return isRecord(first) ? first['result'] : undefined
    },
    memoryBytes: () => loaded.mem.buffer.byteLength - idle,
  }
}

const PAGE = 64 * 1024

/** Parsed, data takes about ten times the memory of its JSON (measured with 5 MB). */
function pagesFor({ data }: PolicyBundle): number {
  return 1024 + Math.ceil((12 * JSON.stringify(data).length) / PAGE)
}

function load(bundle: PolicyBundle, maximum: number): Loaded {
  const loaded = guard('the policy module cannot be loaded', () => {
    const policy = loadPolicySync(new Uint8Array(bundle.wasm), { initial: 5, maximum })
    policy.setData(bundle.data)
    return policy
  })
  const offered = loaded.entrypoints
  for (const name of ENTRYPOINTS) {
    if (!isRecord(offered) || !Object.hasOwn(offered, name)) {
      throw new PolicyError(`the policy module has no entrypoint ${name}`)
    }
  }
  // A builtin that nobody supplies throws only when a rule reaches it, and those of the library differ from OPA's.
  const missing = guard('the policy module does not list its builtins', () => hostBuiltins(loaded))
  if (missing.length > 0) {
    throw new PolicyError(`the policy module needs builtins of the host: ${missing.join(', ')}`)
  }
  return loaded
}

function hostBuiltins(loaded: Loaded): readonly string[] {
  const { exports } = loaded.wasmInstance
  const address = exports.opa_json_dump(exports.builtins())
  const memory = new Uint8Array(loaded.mem.buffer)
  const text = new TextDecoder().decode(memory.subarray(address, memory.indexOf(0, address)))
  return Object.keys(JSON.parse(text) as object)
}

/** The library throws strings and plain objects. */
function guard<T>(message: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    throw new PolicyError(message, error)
  }
}
