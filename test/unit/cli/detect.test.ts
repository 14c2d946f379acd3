import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

const MODULE = new URL('../../../src/cli/detect.ts', import.meta.url).href
const RUN = `import(${JSON.stringify(MODULE)}).then((m) => m.detectCommand().parseAsync(process.argv.slice(1), { from: 'user' }))`

async function run(args: readonly string[], input: string) {
  const child = spawn(process.execPath, ['-e', RUN, '--', ...args])
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve))
  child.stdin.end(input)
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exit])
  return { stdout, stderr, code }
}

describe('phigate detect', () => {
  it('writes one line of spans for each line of text', async () => {
    const lines = [
      { id: 'a', text: 'Patient: Jane Roe. Roe slept.' },
      { id: 2, text: 'nothing' },
    ]
    const { stdout, code } = await run(
      ['--jsonl'],
      `${lines.map((line) => JSON.stringify(line)).join('\n')}\n\n`,
    )
    const [first, second] = stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
    assert.equal(code, 0)
    assert.deepEqual(first, {
      id: 'a',
      spans: [
        { start: 9, end: 17, type: 'PERSON', score: 0.9, recognizer: 'person-label' },
        { start: 19, end: 22, type: 'PERSON', score: 0.75, recognizer: 'known' },
      ],
    })
    assert.deepEqual(second, { id: 2, spans: [] })
  })

  it('stops at a bad line with exit code 2, naming its number and not its content', async () => {
    for (const bad of ['secret', '{"id":"secret"}', '[1]', 'null', '{"id":{},"text":"secret"}']) {
      const { stdout, stderr, code } = await run(['--jsonl'], `{"id":"a","text":"x"}\n${bad}\n`)
      assert.equal(code, 2)
      assert.equal(stdout.trim().split('\n').length, 1)
      assert.match(stderr, /line 2/)
      assert.doesNotMatch(stderr, /secret/)
    }
  })

  it('highlights findings in plain text, without colour where there is no terminal', async () => {
    const { stdout, code } = await run([], 'SSN 123-45-6789 here\n')
    assert.equal(code, 0)
    assert.equal(stdout, 'SSN [US_SSN: 123-45-6789] here\n')
  })
})
