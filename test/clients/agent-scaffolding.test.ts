import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import type { AuditRecord } from '../../src/schema/index.ts'
import { watchRecords } from '../support/exchanges.ts'
import type { AgentOptions } from './support/agent.ts'
import { changedPlaces } from './support/differences.ts'
import { PROJECT_FILES } from './support/project.ts'
import { say, think, useTool, type Script } from './support/script.ts'
import { agentOn, newPlace, openStage, type Place, type Stage } from './support/stage.ts'

const VARIANTS: readonly (readonly [name: string, more: Partial<AgentOptions>])[] = [
  ['as it comes', {}],
  ['without experimental betas', { env: { CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS: '1' } }],
  [
    'with the prompt of Claude Code and the rules of a project',
    {
      options: {
        systemPrompt: { type: 'preset', preset: 'claude_code' },
        settingSources: ['project'],
      },
    },
  ],
]

describe('what the Agent SDK sends without a patient in it', function () {
  this.timeout(60_000)
  let stage: Stage
  let place: Place
  let records: () => AuditRecord[]

  before(async () => {
    stage = await openStage()
    records = watchRecords(stage.gateway)
  })
  after(() => stage.stop())
  beforeEach(() => {
    place = newPlace(PROJECT_FILES)
    const git = (...args: string[]): unknown =>
      execFileSync('git', args, { cwd: place.cwd, env: GIT })
    git('init', '--quiet', '--initial-branch=main')
    git('add', '.')
    git('commit', '--quiet', '--message', 'Measure the buckets')
    records()
  })
  afterEach(() => place.remove())

  const file = (name: string): string => `${place.cwd}/${name}`
  const bash = (command: string): Script['main'][number] => {
    return () => [useTool('Bash', { command, description: 'Look around' })]
  }
  const script = (): Script => ({
    main: [
      () => [
        think('I look at the files first.'),
        useTool('Bash', { command: 'ls -la', description: 'List' }),
      ],
      () => Object.keys(PROJECT_FILES).map((name) => useTool('Read', { file_path: file(name) })),
      bash('ls -la --time-style=full-iso; stat app.log; date; date -u +%FT%TZ'),
      bash("git log --format='%h %ad %s'; git status; git show --stat --format=%cI"),
      () => [
        useTool('Grep', { pattern: '2026', path: place.cwd, output_mode: 'content', '-n': true }),
      ],
      bash('node --version; uname -a; df -h /; env | grep ^LANG; exit 3'),
      () => [
        useTool('Agent', {
          description: 'Look at the log',
          subagent_type: 'general-purpose',
          prompt: `Look for errors in ${file('app.log')}.`,
          run_in_background: false,
        }),
      ],
      () => [
        useTool('Write', {
          file_path: file('notes.md'),
          content: '# Notes\n\nSince 2026-11-22.\n',
        }),
      ],
      () => [say('The project counts buckets. Its last release is of 2026-11-22.')],
      () => [say('Nothing else.')],
    ],
    agent: [
      () => [useTool('Read', { file_path: file('app.log') })],
      () => [say('It timed out on 2026-11-22 at 10:00:06.')],
    ],
  })

  for (const [name, more] of VARIANTS) {
    it(`reaches the upstream byte for byte on every turn, ${name}`, async () => {
      const asked = script()
      const played = stage.play(asked)
      const prompts = [
        'Please look at this project, and say what it does.',
        'And is there anything else?',
      ]
      const run = await agentOn(stage, place, prompts, more)
      assert.deepEqual(played.failures, [])
      assert.equal(run.thrown, undefined)
      assert.equal(run.result, 'Nothing else.')

      const [sent, received] = [stage.recorder.posts(), stage.received()]
      assert.ok(sent.length >= asked.main.length + (asked.agent?.length ?? 0))
      assert.equal(received.length, sent.length)
      const texts = new Set(sent.map(({ body }) => body.toString('utf8')))
      assert.deepEqual(changedPlaces(sent, received), [])
      assert.ok(received.every(({ bodyBytes }) => texts.has(bodyBytes.toString('utf8'))))
      const decided = records().filter(({ custom }) => custom.kind === 'decision')
      assert.deepEqual(new Set(decided.map(({ result }) => result?.outcome)), new Set(['allow']))
    })
  }
})

const GIT = {
  PATH: process.env['PATH'],
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'build',
  GIT_AUTHOR_EMAIL: 'noreply@example.com',
  GIT_COMMITTER_NAME: 'build',
  GIT_COMMITTER_EMAIL: 'noreply@example.com',
}
