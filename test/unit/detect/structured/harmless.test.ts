import assert from 'node:assert/strict'
import { FHIR_ABOUT_NOBODY } from '../../../support/structured/fhir-bundles.ts'
import { NOT_HL7 } from '../../../support/structured/hl7-messages.ts'
import { WRAPPINGS } from '../../../support/structured/marked.ts'
import { findAll } from '../../../support/structured/measure.ts'

/** What programs and standards write, with names, addresses and numbers of things. */
const SOFTWARE: readonly string[] = [
  JSON.stringify({
    name: 'lodash',
    version: '4.17.21',
    license: 'MIT',
    main: 'lodash.js',
    keywords: ['modules', 'stdlib'],
    dependencies: { 'left-pad': '^1.3.0' },
  }),
  JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Orders', version: '1.0.0' },
    paths: { '/patients/{id}': { get: { parameters: [{ name: 'id', in: 'path' }] } } },
    components: { schemas: { Patient: { properties: { firstName: { type: 'string' } } } } },
  }),
  JSON.stringify({
    compilerOptions: { target: 'es2024', types: ['node'], paths: { '@/*': ['src/*'] } },
  }),
  'apiVersion: v1\nkind: Service\nmetadata:\n  name: my-service\n  namespace: default\nspec:\n  ports:\n    - name: http\n      port: 80\n      targetPort: 9376\n',
  'CREATE TABLE patients (\n  id SERIAL PRIMARY KEY,\n  first_name TEXT NOT NULL,\n  dob DATE,\n  mrn VARCHAR(12)\n);\n',
  'interface Props {\n  client: ClientSettings\n  person: Principal\n  parent: Command\n  email: string\n}\n',
  'import {\n  member,\n  parseJson,\n  type JsonNode,\n} from "./json.ts"\n',
  'id,status,duration_ms\n1,ok,120\n2,failed,4100\n',
  '| Option | Default | Meaning |\n| --- | --- | --- |\n| port | 8080 | where it listens |\n',
  ' table_name | column_name | data_type\n------------+-------------+-----------\n patient    | birth_date  | date\n patient    | mrn         | text\n phones     | phone_e164  | text\n',
  'Serial Number: 04:8e:1f:aa:20:c1\nSubject: CN = edge.example\n',
  'openssl x509 -noout -subject -dates\nsubject=CN=portal.example, O=Portal\nissuer=C=US, CN=R11\n',
  'city,population,area\n"Springfield, IL",114394,61.16\n',
  '<project><modelVersion>4.0.0</modelVersion><artifactId>core</artifactId><version>1.2.0</version></project>',
  '<ul class="nav"><li><a href="#top">Top</a></li></ul>',
  "INSERT INTO cities (id, name, zone) VALUES (1, 'Lisbon', 'Europe/Lisbon'), (2, 'Quito', 'America/Guayaquil');",
  'GET /items?first=20&last=0&sort=name&city=Reno HTTP/1.1',
  'new Field({ name: "email", label: "Address", type: "string", first: true })',
  'docker run --name cache --hostname cache --user 1000 --label "Team North" redis',
  '{"columns":["day","city","units"],"rows":[["2026-01-05","Reno",4],["2026-01-06","Boise",9]]}',
  'if (a < b && c > d) { return map["key"] || "none" } // a|b|c',
]

/** What reads structure; what reads text has tests of its own. */
const BY_STRUCTURE = new Set(['fhir', 'hl7', 'ccda', 'x12', 'key-name', 'table', 'form'])

describe('structure without identifiers', () => {
  it('stays whole in FHIR, in every wrapping', () => {
    for (const [index, resource] of FHIR_ABOUT_NOBODY.entries()) {
      for (const [wrapping, wrap] of Object.entries(WRAPPINGS)) {
        const found = findAll(wrap(JSON.stringify(resource)))
        assert.deepEqual(
          found.map((one) => one.recognizer),
          [],
          `resource ${index}, ${wrapping}`,
        )
      }
    }
  })

  it('stays whole where it looks like HL7 v2 and is none', () => {
    for (const [index, text] of NOT_HL7.entries()) {
      assert.deepEqual(
        findAll(text).map((one) => one.recognizer),
        [],
        `text ${index}`,
      )
    }
  })

  it('stays whole in the subject of a letter that is answered or passed on', () => {
    for (const subject of ['Re: Fwd: bed 12', 'FW: RE: labs', 'Fwd: FYI']) {
      assert.deepEqual(findAll(`Subject: ${subject}\n`), [], subject)
    }
  })

  it('stays whole in what programs and standards write', () => {
    for (const [index, text] of SOFTWARE.entries()) {
      assert.deepEqual(
        findAll(text)
          .map((one) => one.recognizer)
          .filter((name) => BY_STRUCTURE.has(name)),
        [],
        `text ${index}`,
      )
    }
  })
})
