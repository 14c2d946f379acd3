import assert from 'node:assert/strict'
import { withoutIdle } from '../../../src/detect/programs/index.ts'
import { PROGRAMS } from '../../accuracy/corpora/programs.ts'
import { typed } from './table.ts'

describe('what programs print', () => {
  it('holds dates, inner hosts and sites that are nobody’s', () => {
    for (const [index, text] of PROGRAMS.entries()) {
      assert.deepEqual(typed(text), [], `program ${index}`)
    }
  })

  const keeps: readonly (readonly [why: string, text: string, found: readonly string[]])[] = [
    [
      'somebody is found beside it',
      "INSERT INTO visits VALUES ('Mrs. Jane Okafor', '2024-05-01');",
      ['PERSON Mrs. Jane Okafor', 'DATE 2024-05-01'],
    ],
    [
      'its words are about somebody',
      '2026-11-20 12:03:44 INFO patient admitted to ward, seen again 2026-11-21',
      ['DATE 2026-11-20 12:03:44', 'DATE 2026-11-21'],
    ],
    ['a label speaks of it', 'const row = { dob: "1961-03-14", id: 4 };', ['DATE 1961-03-14']],
    [
      'it is a note, whatever signs it holds',
      'CT 2024-02-11: no bleed; started ASA;\nMRI 2024-02-13: lacune, old',
      ['DATE 2024-02-11', 'DATE 2024-02-13'],
    ],
    ['the host is not an inner one', '$ ping 8.23.41.7', ['IP 8.23.41.7']],
    [
      'the address ends in a long number',
      "$ curl https://portal.example/p/88231407 | jq '.id'",
      ['URL https://portal.example/p/88231407'],
    ],
    [
      'the day is long ago',
      '$ grep -n 4411 export/q1.csv\nexport/q1.csv:214:4411,1961-02-28,M,3',
      ['DATE 1961-02-28'],
    ],
  ]
  for (const [why, text, found] of keeps) {
    it(`is searched like any text where ${why}`, () => {
      assert.deepEqual(typed(text), found)
    })
  }

  const guessed: readonly (readonly [why: string, text: string, found: readonly string[]])[] = [
    [
      'a name of two words stands in it',
      "const letter = new Letter({ to: 'Priscilla Donovan' }); await letter.send()",
      ['PERSON Priscilla Donovan'],
    ],
    [
      'a word announces a name',
      'logger.debug(`sync`); raise ValueError("no chart for patient Achterberg", code=404)',
      ['PERSON Achterberg'],
    ],
    [
      'an address stands in it',
      "const row = { id: 4, note: 'moved to 14 Tannery Row, Eastport, ME 04631' }; save(row)",
      ['LOCATION 14 Tannery Row, Eastport, ME 04631'],
    ],
    [
      'names of things stand in it',
      '.menu { font: 12px "Lucida Grande", Verdana; }\nconst theme = new Theme({ name: \'Solarized Dark\' })',
      [],
    ],
    [
      'pods, columns and pairs stand in it',
      'Name:   ledger-7c9d8f6b5-k2x4q\nNode:   ip-10-1-2-3/10.1.2.3\nStart Time:  Mon, 12 Oct 2026 20:11:09 +0200',
      [],
    ],
    [
      'it is a product',
      '{"feature":"bundle","title":"Oxford Slippers","stock":4,"sku":"OX-4","currency":"EUR"}',
      [],
    ],
    [
      'it is software',
      'Vercel builds the preview, Sentry gets the source maps: see `deploy/preview.ts` and its README.',
      [],
    ],
    [
      'a place stands in a string without a word about people',
      "const t = new Tile({ alt: 'sunset above the bay of Lisbon', w: 12 }); t.draw()",
      [],
    ],
    [
      'things are enumerated',
      'Use four spaces, `npm run lint` checks it. Services are named after rivers (Danube, Volta, Mekong), flags after birds (`use_heron_search`).',
      [],
    ],
    [
      'a word that nobody is called stands in the name',
      '{"severity":"ERROR","message":"Failed to index product Florence Sofa (FS-2210): conflict on field price","trace_id":"4bf92f3577b34da6"}',
      [],
    ],
    [
      'functions have words about themselves',
      'def notify(user):\n    """Ask Paul."""\n    return user',
      [],
    ],
    [
      'a name stands beside a place around it',
      'Fails in one zone only:\n\n```ts\nconst next = zone.nextRun({ hour: 9, dst: true });\nexpect(next.hour).toBe(9);\n```\n\nSerena Vandermeer has moved to Denver.',
      ['PERSON Serena Vandermeer', 'LOCATION Denver'],
    ],
    [
      'places are spoken of around them',
      'Fails in one zone only:\n\n```ts\nconst next = zone.nextRun({ hour: 9, dst: true });\nexpect(next.hour).toBe(9);\n```\n\nThe runners stand in Frankfurt, the laptops in Denver.',
      [],
    ],
    ['a few lines say what runs', 'month,squad,points\n2026-08,Heron,21\n2026-09,Badger,34', []],
    [
      'steps have names',
      'jobs:\n  build:\n    steps:\n      - name: Restore Caches\n        uses: actions/cache@v4\n        with: { key: npm-${{ hashFiles() }} }',
      [],
    ],
    [
      'lists, tasks and keys have addresses',
      'remote: git@forge.example:tools/sync.git\nmail_from="no-reply@forge.example"',
      [],
    ],
    [
      'no line is known, but hardly a word is',
      'upstream_pool { zone=edge1 weight=4 } -> zone=edge2; reload_at="2026-03-02" src="https://edge.example/v1"',
      [],
    ],
  ]
  for (const text of [
    '1961-03-14',
    'It is 1961-03-14.',
    'Results came back 1961-03-14, please summarise.',
    'Potassium 3.1 on 1961-03-14',
    'glucose;1961-03-14;140',
    '| drawn | potassium |\n|---|---|\n| 1961-03-14 | 3.1 |',
  ]) {
    it(`takes no text for a program's because it hints at nobody: ${text}`, () => {
      assert.deepEqual(typed(text), ['DATE 1961-03-14'])
    })
  }

  it('counts no sign of a program in what masking wrote', () => {
    const answer =
      'About 03/14/1961 and [PERSON_D5YRQ0N.4AMCMYD]: steady "today".\n [PERSON_0000000]'
    assert.deepEqual(typed(answer), ['DATE 03/14/1961'])
  })

  for (const [why, text, found] of guessed) {
    it(`keeps guesses only of what is told: ${why}`, () => {
      assert.deepEqual(typed(text), found)
    })
  }

  const nobodys: readonly string[] = [
    'day,visits_of_site\n2026-01-05,112\n2026-01-12,98',
    ' month | n\n-------+----\n Oct 2025 | 18\n Nov 2025 | 17\n(2 rows)',
    '9f8e7d6c (build-bot 2025-02-17 14:30:01 +0000 11)     decode(token)',
    '| Version | Released |\n|---|---|\n| 3.2 | 2026-01-14 |',
    "WHERE o.created_at >= DATE '2026-01-01' AND o.total > 3",
    '{"ts":"2026-03-12T08:00:00Z","metric":"p99","value":0.182}',
    'backend search\n  balance roundrobin\n  server s1 10.8.0.31:9200 check',
    "select id, total from carts where placed between '2026-03-01' and '2026-03-31'",
    '$ arp -n\nrouter.lan (192.168.7.1) at 52:54:00:9a:11:0c [ether] on eth0',
    '[Thu Mar 05 08:15:02.004410 2026] [proxy:error] [pid 77:tid 91] AH00898: Error reading from 10.4.0.8',
    '| Month | Commits |\n|---|---|\n| Mar 2026 | 41 |\n| Apr 2026 | 38 |',
    'example.com/tools/itch v0.0.0-20190702114328-3f28d645a45c h1:Jf20xV/yR/O6eSUqLTuXhka=\nlog https://ci.example/ferry/runs/88231407',
    'alerts@ferry.example opened INC-2041, ci-builds@ferry.example failed: `null` at build.ts:12',
    '5.2.0 (November 3, 2026)\n  - Charts: growth curves of patients\n\n5.1.4 (October 12, 2026)\n  - Printing of labels',
    "const flags = { 'chart.v2': { rollout: 0.25, owner: 'charting', expires: '2027-01-31' } };",
    '$ traceroute edge.example\n 1  gateway.lan (192.168.0.1)  0.612 ms  0.598 ms\n 2  edge.example (10.250.4.1)  11.203 ms',
    '-rwxr-xr-x root/root         0 2026-03-14 09:20 dist/\n-rw-r--r-- root/root     18820 2026-03-14 09:20 dist/app.js',
    'name = "ferry"\nmaintainer = "Ferry Team <devops@ferry.example>"\nversion = "1.4.0"',
  ]
  for (const [index, text] of nobodys.entries()) {
    it(`is nobody’s where nothing hints at somebody (${index})`, () => {
      assert.deepEqual(typed(text), [])
    })
  }

  it('is somebody’s where a word hints at one', () => {
    assert.deepEqual(typed('Ms Roe: `expires` 2026-01-05'), ['PERSON Ms Roe', 'DATE 2026-01-05'])
    assert.deepEqual(typed('encounter_id,day\n77,2026-01-05'), ['DATE 2026-01-05'])
    assert.deepEqual(typed('2026-01-05: WBC 11.2'), ['DATE 2026-01-05'])
    assert.deepEqual(typed('I was there 2026-01-05.'), ['DATE 2026-01-05'])
    assert.deepEqual(typed('Saturday, March 14, 2026'), ['DATE Saturday, March 14, 2026'])
  })

  it('says of whom it is wherever somebody is meant', () => {
    const cases: readonly (readonly [text: string, found: readonly string[]])[] = [
      ["let p = Patient::new('Harold Finch', 1955); assert!(p.admit());", ['PERSON Harold Finch']],
      [
        '2026-10-14 12:01:02 INFO admit patient=John Smith dob=1980-02-03 ward=4B',
        ['DATE 2026-10-14 12:01:02', 'PERSON John Smith', 'DATE 1980-02-03'],
      ],
      [
        '  {"patientName": "Caroline Jennings", "mrn": "7741902", "ward": "4B"},',
        ['PERSON Caroline Jennings', 'MEDICAL_RECORD_NUMBER 7741902'],
      ],
      [
        'ERROR sms-worker: delivery to +15035550199 failed for patient Ingrid Sorensen code=30003',
        ['PHONE +15035550199', 'PERSON Ingrid Sorensen'],
      ],
      [
        'id,first_name,last_name,city\n1,Beatrice,Lindqvist,Duluth',
        ['PERSON Beatrice', 'PERSON Lindqvist', 'LOCATION Duluth'],
      ],
    ]
    for (const [text, found] of cases) assert.deepEqual(typed(text), found)
  })

  it('is told apart by paragraph', () => {
    const text = '$ git log\ncommit 8f02aca1b3 2026-01-14\n\nCalled on 2026-01-15 about the rash.'
    assert.deepEqual(typed(text), ['DATE 2026-01-15'])
  })

  const sentences: readonly (readonly [where: string, text: string, found: readonly string[]])[] = [
    ['a member of JSON', '{"note":"Wrote to Okafor yesterday","id":1}', ['PERSON Okafor']],
    [
      'a member of one of many records',
      '[{"msg":"Delgado asked again","ts":"2026-01-05T10:00:00Z"}]',
      ['PERSON Delgado', 'DATE 2026-01-05T10:00:00Z'],
    ],
    [
      'a member with a date',
      '{"comment":"Was here 3/4/2025, then back to Boise","by":"x"}',
      ['DATE 3/4/2025', 'LOCATION Boise'],
    ],
    ['a member for notes', '{"note":"Okafor, room 4","id":1,"retries":3}', ['PERSON Okafor']],
    [
      'a record of somebody who is known',
      '{"mrn":"7741902","assigned_to":"Okafor","retries":3,"at":"2026-01-05"}',
      ['MEDICAL_RECORD_NUMBER 7741902', 'PERSON Okafor', 'DATE 2026-01-05'],
    ],
    [
      'a message of a log',
      'level=info caller=desk.go:41 msg="phoned Okafor about the results" took=4ms',
      ['PERSON Okafor'],
    ],
    [
      'a value of a query',
      "INSERT INTO notes VALUES (1,'Okafor phoned about her biopsy'),(2,NULL);",
      ['PERSON Okafor'],
    ],
    [
      'a comment',
      '// told Okafor that her letter is lost\nsend(queue.pop({ retries: 3 }))',
      ['PERSON Okafor'],
    ],
    [
      'a string without a word for people',
      '{"id":41,"body":"Okereke slept badly and skipped breakfast","author_id":7}',
      ['PERSON Okereke'],
    ],
    [
      'a message about where somebody moved',
      '{"level":"info","msg":"moved to Duluth last week","ticket":4411,"queue":"desk","retries":3}',
      ['LOCATION Duluth'],
    ],
    [
      'a literal',
      "test(() => {\n  expect(read('Okafor was seen by her surgeon')).toBe(1)\n})",
      ['PERSON Okafor'],
    ],
  ]
  for (const [where, text, found] of sentences) {
    it(`holds what people write: ${where}`, () => {
      assert.deepEqual(typed(text), found)
    })
  }

  it('is found in time that grows with the text', () => {
    const line = '2026-11-20 12:03:44 INFO x=1 { ; = 10.0.0.1 "a": '
    const timeOf = (times: number): number => {
      const text = line.repeat(times)
      const before = process.cpuUsage().user
      typed(text)
      return process.cpuUsage().user - before
    }
    timeOf(200)
    const short = Math.max(timeOf(1_000), 1_000)
    assert.ok(timeOf(10_000) < short * 40)
  })

  for (const [name, end] of [
    ['on one line', ' '],
    ['on lines without an empty one', '\n'],
  ] as const) {
    it(`takes time that grows with the text ${name}`, () => {
      const line = `2026-11-20 12:03:44 INFO x=1 { ; = 10.0.0.1 "a": ${end}`
      const date = { segment: 0, start: 0, end: 10, score: 0.8, recognizer: 'date' } as const
      const timeOf = (times: number): number => {
        const text = line.repeat(times)
        const before = process.cpuUsage().user
        withoutIdle(text, [{ ...date, type: 'DATE', basis: 'pattern' }])
        return process.cpuUsage().user - before
      }
      timeOf(20_000)
      // 16 MB take about as long as what is 16 times that takes; squared it would be 256 times.
      const short = Math.max(timeOf(20_000), 5_000)
      assert.ok(timeOf(320_000) < short * 64)
    })
  }
})
