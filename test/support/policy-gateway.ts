import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config, PolicyConfig } from '../../src/config/index.ts'
import type { PolicyBundle } from '../../src/policy/index.ts'
import { writeDirectory } from './bundles.ts'
import { startTestGateway, type TestGateway } from './gateway.ts'

/** What the console says of a bundle. */
export type Bundle = Readonly<Record<string, unknown>> & { readonly errors?: readonly string[] }

/** A gateway whose policy the test replaces. */
export interface PolicyGateway {
  readonly gateway: TestGateway
  /** Folder of the policy's directory, below the one that the test may use. */
  readonly root: string
  /** Puts a bundle into the directory, without telling the gateway. */
  put(bundle: PolicyBundle): void
  /** Puts it there and has it activated. */
  activate(bundle: PolicyBundle): Promise<void>
  bundle(name?: 'phigate' | 'shadow'): Promise<Bundle>
  /** GET on the console, as an auditor. */
  ask(path: string): Promise<Record<string, unknown>>
  ready(): Promise<readonly string[]>
  stop(): Promise<void>
}

export interface PolicyGatewayOptions {
  readonly first?: PolicyBundle
  readonly policy?: (root: string) => PolicyConfig
  readonly more?: Partial<Config>
  readonly root?: string
}

export async function startPolicyGateway(options: PolicyGatewayOptions): Promise<PolicyGateway> {
  const root = options.root ?? mkdtempSync(join(tmpdir(), 'phigate-test-policy-'))
  const directory = join(root, 'bundle')
  if (options.first !== undefined) writeDirectory(directory, options.first)
  const usual = { source: { kind: 'directory' as const, directory, watch: false } }
  const gateway = await startTestGateway({
    dataDir: join(root, 'data'),
    metrics: { host: '127.0.0.1', port: 0 },
    ...options.more,
    policy: options.policy?.(root) ?? usual,
  })
  const ask = async (path: string): Promise<Record<string, unknown>> => {
    const token = await gateway.issuer.token('auditor')
    const headers = { authorization: `Bearer ${token}` }
    const response = await fetch(new URL(path, gateway.server.consoleUrl), { headers })
    assert.equal(response.status, 200)
    return (await response.json()) as Record<string, unknown>
  }
  return {
    gateway,
    root,
    put: (bundle) => writeDirectory(directory, bundle),
    async activate(bundle) {
      writeDirectory(directory, bundle)
      await gateway.server.activatePolicy()
    },
    ask,
    async bundle(name = 'phigate') {
      const { bundles } = (await ask('/status')) as { bundles: Record<string, Bundle> }
      return bundles[name] ?? assert.fail(`there is no bundle ${name}`)
    },
    async ready() {
      const response = await fetch(new URL('/readyz', gateway.url))
      const { missing } = (await response.json()) as { missing: string[] }
      assert.equal(response.status, missing.length === 0 ? 200 : 503)
      return missing
    },
    async stop() {
      await gateway.stop()
      if (options.root === undefined) rmSync(root, { recursive: true, force: true })
    },
  }
}
