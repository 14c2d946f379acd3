/**
 * A tree that keeps every import rule, and for each rule a file that breaks it. Contents are by path; the files the
 * breaches point to are part of the sound tree.
 */
export const SOUND_TREE: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    name: 'sound',
    version: '1.0.0',
    dependencies: { jose: '1.0.0', ajv: '1.0.0', winston: '1.0.0' },
    devDependencies: { mocha: '1.0.0' },
  }),
  'src/schema/index.ts': "export type { Profile } from './types.ts'\n",
  'src/schema/types.ts': 'export interface Profile { readonly a: string }\n',
  'src/domain/index.ts':
    "export type { Profile } from '../schema/index.ts'\nexport const DOMAIN = 1\n",
  'src/durable/index.ts': "import { fsyncSync } from 'node:fs'\nexport const D = fsyncSync\n",
  'src/messages/index.ts': "export { M } from './inner.ts'\n",
  'src/messages/inner.ts':
    "import { createHash } from 'node:crypto'\nimport { DOMAIN } from '../domain/index.ts'\nexport const M = createHash('sha256').update(String(DOMAIN))\n",
  'src/detect/index.ts': "export { N } from './names/index.ts'\n",
  'src/detect/names/index.ts': "export { N } from './words.ts'\n",
  'src/detect/names/words.ts':
    "import { DOMAIN } from '../../domain/index.ts'\nexport const N = DOMAIN\n",
  'src/mask/index.ts': "export { DOMAIN as K } from '../domain/index.ts'\n",
  'src/policy/index.ts': "export { DOMAIN as P } from '../domain/index.ts'\n",
  'src/policy/build/index.ts': "export { B } from './build.ts'\n",
  'src/policy/build/build.ts':
    "import { readFileSync } from 'node:fs'\nexport const B = readFileSync\n",
  'src/identity/index.ts': "export { DOMAIN as I } from '../domain/index.ts'\n",
  'src/identity/adapters/jose-verify.ts': "import { J } from 'jose'\nexport const V = J\n",
  'src/forward/index.ts': "export { DOMAIN as F } from '../domain/index.ts'\n",
  'src/inspect/index.ts':
    "import { M } from '../messages/index.ts'\nimport { N } from '../detect/index.ts'\nimport { K } from '../mask/index.ts'\nimport { P } from '../policy/index.ts'\nexport const S = [M, N, K, P]\n",
  'src/lanes/index.ts': "export { S as L } from '../inspect/index.ts'\n",
  'src/gateway/index.ts':
    "import { F } from '../forward/index.ts'\nimport { L } from '../lanes/index.ts'\nexport const G = [F, L]\n",
  'src/config/index.ts': "export { DOMAIN as C } from '../domain/index.ts'\n",
  'src/demo/demo.ts': "export { O } from './index.ts'\n",
  'src/demo/index.ts': "import { G } from '../main.ts'\nexport const O = G\n",
  'src/main.ts':
    "import { V } from './identity/adapters/jose-verify.ts'\nimport { C } from './config/index.ts'\nimport { G as H } from './gateway/index.ts'\nexport const G = [V, C, H]\n",
  'src/cli/phigate.ts': "export const load = () => import('../demo/index.ts')\n",
  'test/main.test.ts': "import '../src/messages/inner.ts'\nimport './shared.ts'\n",
  'test/shared.ts': "export { G } from '../src/gateway/index.ts'\n",
}

/** Packages of the tree, installed as empty modules. */
export const INSTALLED: readonly string[] = ['jose', 'ajv', 'winston', 'mocha', 'left-pad']

/** By rule: the files that break it. The first is the one that the rule has to name. */
export const BREACHES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'stages-know-no-stage': { 'src/detect/breach.ts': "import '../mask/index.ts'\n" },
  'domain-imports': { 'src/domain/breach.ts': "import '../messages/index.ts'\n" },
  'schema-imports': { 'src/schema/breach.ts': "import '../domain/index.ts'\n" },
  'config-imports': { 'src/config/breach.ts': "import '../forward/index.ts'\n" },
  'inspect-imports': {
    'src/inspect/breach.ts':
      "import type { F } from '../forward/index.ts'\nexport type X = typeof F\n",
  },
  'roster-imports': { 'src/roster/breach.ts': "import '../mask/index.ts'\n" },
  'durable-imports': { 'src/durable/breach.ts': "import '../schema/index.ts'\n" },
  'record-imports': { 'src/record/breach.ts': "import '../mask/index.ts'\n" },
  'recording-imports': { 'src/recording/breach.ts': "import '../mask/index.ts'\n" },
  'lanes-imports': { 'src/lanes/breach.ts': "import '../mask/index.ts'\n" },
  'activation-imports': { 'src/activation/breach.ts': "import '../gateway/index.ts'\n" },
  'gateway-imports': { 'src/gateway/breach.ts': "export { I } from '../identity/index.ts'\n" },
  'console-imports': { 'src/console/breach.ts': "export { F } from '../forward/index.ts'\n" },
  'gateway-is-imported-by-main': { 'src/cli/breach.ts': "import '../gateway/index.ts'\n" },
  'roots-are-imported-by-roots': { 'src/console/breach.ts': "import '../main.ts'\n" },
  'through-the-front-door': { 'src/inspect/breach.ts': "import '../messages/inner.ts'\n" },
  'through-the-inner-front-door': { 'src/detect/breach.ts': "import './names/words.ts'\n" },
  'policy-tools-stay-outside': { 'src/policy/breach.ts': "import './build/index.ts'\n" },
  'adapters-only-from-roots': {
    'src/identity/breach.ts': "import './adapters/jose-verify.ts'\n",
  },
  'pure-core-writes-nothing': { 'src/mask/breach.ts': "import '../durable/index.ts'\n" },
  'pure-core': { 'src/mask/breach.ts': "import { readFileSync } from 'fs'\nreadFileSync('x')\n" },
  'demo-stays-out': { 'src/main.ts': "import './demo/index.ts'\n" },
  'demo-on-demand': { 'src/cli/breach.ts': "import '../demo/index.ts'\n" },
  'every-library-has-an-owner': { 'src/record/breach.ts': "import 'left-pad'\n" },
  'no-dev-dependency-in-an-installation': { 'src/record/breach.ts': "import 'mocha'\n" },
  'src-knows-no-test': { 'src/cli/breach.ts': "import '../../test/shared.ts'\n" },
  'tests-know-no-test': { 'test/breach.test.ts': "import './main.test.ts'\n" },
  'no-cycle': {
    'src/mask/breach.ts': "import type { A } from './other.ts'\nexport type B = A\n",
    'src/mask/other.ts': "import type { B } from './breach.ts'\nexport type A = B | 1\n",
  },
  'no-orphan': { 'src/store/breach.ts': 'export const alone = 1\n' },
  resolvable: { 'src/store/breach.ts': "import './missing.ts'\n" },
}
