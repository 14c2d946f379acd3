import assert from 'node:assert/strict'
import { assertNowhere } from '../support/leaks.ts'
import { assertSamePrefix } from './support/prefix.ts'
import { isTitleCall, say, useTool, type Script } from './support/script.ts'
import { agentOn, bodyOf, newPlace, openStage, type Place, type Stage } from './support/stage.ts'

/** A picture of one pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const PDF = Buffer.from(`%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>endobj
4 0 obj<</Length 29>>stream
BT (Jorvina Quillmark) Tj ET
endstream endobj
xref
0 1
0000000000 65535 f
trailer<</Root 1 0 R/Size 5>>
startxref
0
%%EOF
`)
const TURNS = 10

describe('the Agent SDK that reads a picture and a PDF', function () {
  this.timeout(150_000)
  let stage: Stage
  let place: Place
  before(async () => {
    stage = await openStage()
    place = newPlace()
    place.write('scan.png', PNG)
    place.write('letter.pdf', PDF)
  })
  after(async () => {
    place.remove()
    await stage.stop()
  })

  it('goes on for ten turns: both stay here, and the same text stands in their place', async () => {
    const read = (name: string) => useTool('Read', { file_path: `${place.cwd}/${name}` })
    const script: Script = {
      main: [
        () => [read('scan.png')],
        () => [read('letter.pdf')],
        ...Array.from({ length: TURNS + 1 }, (_, turn) => () => [say(`Answer ${turn}.`)]),
      ],
    }
    const played = stage.play(script)
    const prompts = [
      'What is on the scan and in the letter?',
      ...Array.from({ length: TURNS }, (_, turn) => `And what about question ${turn}?`),
    ]
    const run = await agentOn(stage, place, prompts)
    assert.deepEqual(played.failures, [])
    assert.equal(run.thrown, undefined)
    assert.equal(run.result, `Answer ${TURNS}.`)

    const calls = stage.received().filter((call) => !isTitleCall(bodyOf(call)))
    assert.equal(calls.length, script.main.length)
    assertSamePrefix(calls, played)
    const withheld = calls.map(({ bodyBytes }) => [
      ...new Set(
        bodyBytes.toString('utf8').match(/(?:image|document) withheld by policy \[\w+\]/g),
      ),
    ])
    assert.deepEqual(
      withheld.map(({ length }) => length),
      calls.map((_, call) => Math.min(call, 2)),
    )
    for (const texts of withheld.slice(2)) assert.deepEqual(texts, withheld.at(-1))
    const bytes = [PNG, PDF].map((file) => file.toString('base64'))
    assertNowhere(bytes, { 'the upstream': stage.upstreamBytes() })
    assert.deepEqual(new Set(stage.recorder.posts().map(({ status }) => status)), new Set([200]))
  })
})
