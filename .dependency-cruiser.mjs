/**
 * The import rules of phigate: what a reader may conclude about a folder from its name. They are a security property
 * (nothing but the gateway reaches the upstream, no part of the core touches the outside), so they fail the test
 * command. test/arch.test.ts runs them, and proves of each that it fires.
 *
 * Core modules are named without `node:`. TypeScript is read through @swc/core, because dependency-cruiser cannot use
 * TypeScript 7 and would see no module at all.
 */

const STAGES =
  'identity|messages|detect|policy|mask|approve|forward|store|keyring|listeners|limits|metrics|notify|retention'
const PURE = 'domain|messages|detect|mask|inspect'
/** The composition roots: the only places that choose an implementation. */
const ROOTS = '^src/(main\\.ts$|worker\\.ts$|compose/|cli/|demo/)'

/** Each library lives where it is owned: replacing one, or reviewing a new version of it, is a matter of these files. */
const LIBRARIES = {
  '@open-policy-agent/opa-wasm': '^src/policy/adapters/opa-wasm\\.ts$',
  'http-proxy-middleware': '^src/forward/adapters/http-proxy\\.ts$',
  winston: '^src/record/adapters/winston-log\\.ts$',
  'winston-transport': '^src/record/adapters/winston-log\\.ts$',
  'openid-client': '^src/identity/adapters/openid-(discovery|sign-in)\\.ts$',
  jose: '^src/(identity/adapters/jose-verify|policy/adapters/jose-signature)\\.ts$',
  express: '^src/(gateway|console)/',
  yaml: '^src/(config/file|policy/build/data-file|policy/review/case-file)\\.ts$',
  re2js: '^src/policy/(signals|linear-pattern)\\.ts$',
  tar: '^src/policy/(build/build-bundle|adapters/bundle-archive)\\.ts$',
  ajv: '^src/schema/validate\\.ts$',
  commander: '^src/cli/',
  'oidc-provider': '^src/demo/(issuer|login|memory)\\.ts$',
}

/** The resolved path of a library, or its bare name where it is not installed. */
const pathOf = (name) => `(^|node_modules/)${name}(/|$)`

const mayImport = (folder, others, why) => ({
  name: `${folder}-imports`,
  comment: why,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: '^src/', pathNot: `^src/(${[folder, ...others].join('|')})/` },
})

// oxlint-disable-next-line import/no-default-export -- dependency-cruiser asks for one
export default {
  forbidden: [
    {
      name: 'stages-know-no-stage',
      comment:
        'A stage imports the domain, the schemas, what brings bytes to the disk, and itself. What joins two stages is inspect, the gateway or a composition root.',
      severity: 'error',
      from: { path: `^src/(${STAGES})/` },
      to: { path: '^src/', pathNot: '^src/(domain|schema|durable|$1)/' },
    },
    mayImport(
      'domain',
      ['schema'],
      'The glossary depends on nothing but the shapes of the schemas.',
    ),
    mayImport('schema', [], 'The schemas are the ground: they depend on nothing.'),
    mayImport('config', ['domain', 'schema'], 'The configuration is read before anything runs.'),
    mayImport(
      'inspect',
      ['domain', 'schema', 'messages', 'detect', 'policy', 'mask'],
      'What runs in a worker joins the stages that handle payload text, and none that has a connection or a file.',
    ),
    mayImport(
      'roster',
      ['domain', 'schema', 'durable', 'detect'],
      'The roster reads and writes files for the detector, which knows people by their digests alone.',
    ),
    mayImport(
      'lanes',
      ['domain', 'messages', 'inspect'],
      'The lanes carry inspections to worker threads and know nothing else.',
    ),
    mayImport(
      'activation',
      ['domain', 'schema', 'durable', 'policy', 'inspect', 'lanes'],
      'Which policy is active is a matter of bundles, of the inspection that tries them, and of the lanes that run them.',
    ),
    mayImport(
      'durable',
      ['domain'],
      'How bytes reach the disk has nothing to do with what they say.',
    ),
    mayImport(
      'record',
      ['domain', 'schema', 'durable'],
      'The audit log is a stage that writes files.',
    ),
    mayImport(
      'recording',
      ['domain', 'schema', 'durable'],
      'The recordings are a stage that writes files.',
    ),
    mayImport(
      'gateway',
      ['domain', 'schema', 'messages', 'inspect', 'lanes', 'approve', 'forward', 'limits'],
      'The enforcement point sees ports, lanes, approvals, limits and the upstream; records and identity come to it as arguments.',
    ),
    mayImport(
      'console',
      ['domain', 'schema', 'approve'],
      'The console shows what others keep; of them it knows the approvals, which are answered there.',
    ),
    {
      name: 'gateway-is-imported-by-main',
      comment: 'One enforcement path: only the server has a gateway.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(gateway/|compose/|main\\.ts$)' },
      to: { path: '^src/gateway/' },
    },
    {
      name: 'roots-are-imported-by-roots',
      comment: 'Nothing depends on the place where everything is put together.',
      severity: 'error',
      from: { path: '^src/', pathNot: ROOTS },
      to: { path: ROOTS },
    },
    {
      name: 'through-the-front-door',
      comment:
        'From outside a folder only its index.ts. Adapters have a rule of their own; compose/ holds the parts of main.ts, one beside the other; demo/ is a composition root whose parts the command line loads one by one, so that `phigate token` does not load an issuer.',
      severity: 'error',
      from: { path: '^src/([^/]+)(/|$)' },
      to: {
        path: '^src/[^/]+/',
        pathNot:
          '^src/($1/|[^/]+/index\\.ts$|[^/]+/adapters/|policy/(build|review)/index\\.ts$|demo/(clients|demo|tour)\\.ts$|compose/)',
      },
    },
    {
      name: 'through-the-inner-front-door',
      comment: 'The same for a folder in a folder that has an index.ts.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot:
          '^src/(detect/names|detect/normalise|detect/structured|detect/roster|demo/simulator)/',
      },
      to: {
        path: '^src/(detect/names|detect/normalise|detect/structured|detect/roster|demo/simulator)/',
        pathNot: '/index\\.ts$',
      },
    },
    {
      name: 'policy-tools-stay-outside',
      comment:
        'Compiling, testing and comparing policy starts programs and writes files: no part of a running gateway.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(policy/(build|review)|cli|demo)/' },
      to: { path: '^src/policy/(build|review)/' },
    },
    {
      name: 'adapters-only-from-roots',
      comment: 'Everybody else knows the port; an adapter may build on another.',
      severity: 'error',
      from: { path: '^src/', pathNot: `${ROOTS}|^src/[^/]+/adapters/` },
      to: { path: '^src/[^/]+/adapters/' },
    },
    {
      name: 'pure-core',
      comment:
        'No file, network, process, thread or timer where payload text is handled. crypto is there for hashes; test/arch.test.ts sees to clock and randomness, which are no modules.',
      severity: 'error',
      from: { path: `^src/(${PURE})/` },
      to: { dependencyTypes: ['core'], pathNot: '^crypto$' },
    },
    {
      name: 'pure-core-writes-nothing',
      comment: 'What a stage may have of the disk, those that handle payload text have not.',
      severity: 'error',
      from: { path: '^src/(messages|detect|mask)/' },
      to: { path: '^src/durable/' },
    },
    {
      name: 'demo-stays-out',
      comment:
        'The demo needs packages that an installation does not have: nothing but its own command knows it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(demo|cli)/' },
      to: { path: '^src/demo/' },
    },
    {
      name: 'demo-on-demand',
      comment: 'The command line starts without the demo, whose code is not in the image.',
      severity: 'error',
      from: { path: '^src/cli/', pathNot: '^src/cli/demo\\.ts$' },
      to: {
        path: '^src/(demo/|cli/demo\\.ts$)',
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    },
    ...Object.entries(LIBRARIES).map(([name, owner]) => ({
      name: `owner-of-${name}`,
      comment: `${name} is used in one place.`,
      severity: 'error',
      from: { path: '^src/', pathNot: owner },
      to: { path: pathOf(name) },
    })),
    {
      name: 'every-library-has-an-owner',
      comment: 'A new dependency is entered in the table above, with the files that may use it.',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: [
          'npm',
          'npm-dev',
          'npm-no-pkg',
          'npm-unknown',
          'npm-optional',
          'npm-peer',
        ],
        pathNot: pathOf(`(${Object.keys(LIBRARIES).join('|')})`),
      },
    },
    {
      name: 'no-dev-dependency-in-an-installation',
      comment: 'An installation has no packages that are there for development.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/demo/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'src-knows-no-test',
      comment: 'What is shipped does not depend on tests or tools.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|tools)/' },
    },
    {
      name: 'tests-know-no-test',
      comment: 'What two tests share stands in a file of its own.',
      severity: 'error',
      from: { path: '^test/' },
      to: { path: '\\.test\\.ts$' },
    },
    {
      name: 'no-cycle',
      comment: 'Two files that need each other are one file, or three. Types count as well.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphan',
      comment:
        'A file that nothing imports and that imports nothing is dead, unless it is an entry point.',
      severity: 'error',
      from: { orphan: true, path: '^src/' },
      to: {},
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere escapes every other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    // A project of its own, whose packages are not installed with these.
    exclude: { path: '^test/clients/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      mainFields: ['module', 'main'],
    },
  },
}
