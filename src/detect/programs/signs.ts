import { isMedicalWord } from '../names/tagger/index.ts'

/** What stands in source code, in records of programs and in what is written about them, and hardly in a note. */
const SIGNS = new RegExp(
  [
    String.raw`[{}\\${'`'}]`,
    String.raw`\$[A-Za-z{(]`,
    String.raw`[A-Za-z0-9]_(?=[A-Za-z0-9])`,
    // camelCase and PascalCase, not mmHg and McDonald.
    String.raw`(?<![A-Za-z])(?:[a-z]{3,40}[A-Z]|(?!Mac)[A-Z][a-z]{2,40}[A-Z][a-z]{2})`,
    String.raw`[A-Za-z_](?:\(\)|\(["'])`,
    String.raw`[a-z_)\]]\.[a-z_]{3}`,
    String.raw`::|:\/\/|=>|[=!]==?|&&|\|\||[+:]=|<\/|\/>|<[a-z!]|[#@]\w+\(`,
    String.raw`[A-Za-z_]{2}=["'A-Za-z[{(\/]|[A-Za-z_] = ["'A-Za-z[{(\d]`,
    String.raw`"[\w$.@/ -]{1,60}" ?:`,
    String.raw`[)}\]"'\w];\s{0,40}(?:\n|$)|\($|\[$`,
    // Columns, cells, pairs, prompts of shells.
    String.raw`^\S[^\n]{0,60}? {2,40}\S[^\n]{0,60}? {2,40}\S|\t[^\t\n]{1,60}\t`,
    // Rules of printed tables, queries in small letters.
    String.raw`^\s?[+]?-{3,400}(?:\+-{2,400}){1,60}[+]? *$|(?<!\w)(?:select [\w*][^\n]{0,200} from |insert into \w|group by |order by |create table )`,
    String.raw`["'] ?[=:] ?["'\d]|^[A-Z]{3,20}:[A-Z0-9]|^(?:[$%]|>>>) [a-z]`,
    // What begins a function or a type.
    String.raw`^[ \t]{0,20}(?:(?:def|func|fn|impl|struct|const|elif|typedef) [\w$]+ ?[({:=<;]|(?:export|module|interface|namespace|package) [\w$]+ ?[({=<;]|""")`,
    // What lines of logs and of listed files begin with, and numbers of messages.
    String.raw`^[-dl](?:[r-][w-][xsS-]){3}|^\[[^\]\n]{2,60}\]|\[\w{2,20}[: ]\w{1,20}\]|(?<!\w)[A-Z]{2,5}-?\d{4,6}: `,
    String.raw`(?<![\w-])--[a-z]{2}`,
    String.raw`(?<![\d.])\d+\.\d+\.\d+(?![\d.])`,
    String.raw`(?<![A-Za-z0-9])(?=[0-9a-f]{0,6}[a-f])(?=[0-9a-f]{0,6}\d)[0-9a-f]{7}`,
    String.raw`(?<![\w/])\.{0,2}\/[\w@.-]+\/|\w\.(?:tsx?|jsx?|mjs|json|ya?ml|toml|py|go|rs|rb|java|php|cs|cpp|sh|sql|md|css|html|lock|log|conf|cfg|exe|jar|so|dll)(?![A-Za-z])`,
    String.raw`(?<!\d)\d\d:\d\d:\d\d(?!\d)`,
    String.raw`(?<![A-Za-z])(?:TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|NULL|SELECT|INSERT|UPDATE|WHERE|JOIN)(?![A-Za-z])`,
    String.raw`(?<![\s,])[^\s,]?,[^\s,]{1,40},(?=[^\s,])`,
    String.raw`(?<!\d)\d+(?:\.\d+)? ?(?:[kKMG]i?B|GHz|MHz|ms|rps|px)(?![A-Za-z])`,
  ].join('|'),
  'gm',
)
/** Words of those who make programs, and of nobody at a bedside. */
const CRAFT = new Set(
  `api apis array async await backend bigint boolean browser bugfix bundler byte bytes cache cached callback changelog cli
  commit commits compiler config configuration cpu css csv daemon database dataset debug debugger dependencies dependency deploy deployed
  deployment deprecated dns docker endpoint endpoints enum env exception filename filesystem firewall firmware framework
  frontend function functions gateway getter git github gitlab grpc hash hashes hostname html http https ide implementation
  ini integer integers interface iterator javascript json jwt kafka kernel kubernetes lambda latency linter linux localhost log
  logger logging macos makefile markdown merge metadata middleware migration migrations module modules mutex namespace npm
  nginx null oauth override package packages param parameter parameters parse parser payload plugin plugins postgres
  postgresql postgres programming proxy pull python query queries queue readme redis refactor regex registry release releases
  repo repository rest retry rollback runtime rust sandbox schema script scripts sdk serializer server servers shell
  snapshot socket software sql sqlite ssh ssl stack stderr stdin stdout string strings struct subnet svg syntax
  systemd tcp template templates terminal test tests thread threads timeout timestamp tls toml tuple typescript
  udp ui undefined unicode unix upload uploads url urls utf username uuid validator variable variables version versions vite webhook webpack
  websocket ansible backlog bgp cve django eslint failover gcc gpg gradle grafana handshake helm hotfix hotfixes junit locale maven
  monorepo msgid msgstr openssl ospf outage pgbouncer pods prettier prometheus pytest rails react rollout router rustc sidekiq sprint sprints staging
  autoscaler changelogs checkout codebase dashboard dashboards downtime initializer ingester ingress keystore kubectl lockfile memcached
  middlewares replica replicas runbook shard shards stacktrace subdomain tenant tenants terraform timezone uplink uptime utc vlan wildcard windows workflow worker workers wrapper xml yaml`.split(
    /\s+/,
  ),
)
/** Software that is called by a word with a capital; none that is a surname or a town as well, or a word of notes. */
const SOFTWARE = new Set(
  `adyen airflow ansible arango artifactory auth0 avro babel bazel bitbucket bookworm bullseye celery chromium circleci
  clickhouse cloudflare codecov consul couchbase cypress dagster dask datadog debezium deno doppler drizzle dropbox erlang
  fargate fastify figma firebase firefox flask flink fluentd flutter fortran gatsby gitea goland graphite groovy gruvbox
  gunicorn hadoop heroku hibernate homebrew influx istio jammy jekyll jira kafka karpenter keras keycloak kibana kombu kotlin
  laravel linkerd logstash loki lombok looker mailchimp mailgun marshmallow mimir minio mockito nagios neovim netlify
  newtonsoft nexus nomad okta packer pandas parquet pingdom playwright polars prefect prisma pulsar pulumi puppeteer rabbitmq
  rancher remix rollup scala scylla selenium sendgrid sentry sequelize serilog shopify solr sonarqube splunk spotify
  stackoverflow storybook stripe supabase svelte swagger symfony tailwind thanos thrift tomcat traefik trello trino twilio
  typeform vagrant vercel vitest wayland webkit werkzeug wordpress xamarin xcode zabbix zapier zendesk zeppelin zipkin zod
  zookeeper`.split(/\s+/),
)
export function isCraftWord(folded: string): boolean {
  return CRAFT.has(folded) || SOFTWARE.has(folded)
}

/** Terms of medicine that stand in texts about programs as well. */
const SHARED = new Set(
  `node nodes port ports pool line lines block blocks cell cells tag tags trace probe cpu ram patch profile user users culture
  host hosts session sessions image images scan scans record records report reports status stat position time times`.split(
    /\s+/,
  ),
)
/** Words of texts about somebody, whoever else may be in them. */
const PEOPLE = new Set(
  `he she his her hers him patient patients pt pts mr mrs ms dr doctor nurse mother father mom dad wife husband son daughter born
  birth birthday birthdate dob mrn deceased died admitted admission discharge discharged diagnosis diagnosed symptoms surgery appointment
  hospital clinic physician insurance lives lived living aged years old male female man woman boy girl`.split(
    /\s+/,
  ),
)
/** "0.6 ms" is a time, and no woman's title. */
const WORDS =
  /(?<![\w$])(?!(?<=\d )ms(?![\w$]))[A-Za-z\u00C0-\u024F][a-z\u00C0-\u024F]+(?![\w$(]|\.[a-z])/g
const SHORT = 12
/** Longer texts are judged by their beginning. */
const LONGEST = 20_000

/** How many words a text has, and how many signs of programs, of people and their health, of somebody. */
export interface Signs {
  readonly words: number
  readonly machine: number
  readonly people: number
  readonly somebody: number
}

/** Counts the signs in a text; linear in its length. */
export function signsOf(whole: string): Signs {
  const text = whole.slice(0, LONGEST)
  let machine = countOf(SIGNS, text)
  let words = 0
  let people = 0
  let somebody = 0
  WORDS.lastIndex = 0
  for (let match = WORDS.exec(text); match !== null; match = WORDS.exec(text)) {
    const word = match[0].toLowerCase()
    words += 1
    if (isCraftWord(word)) machine += 1
    else if (PEOPLE.has(word)) somebody += 1
    else if (isMedicalWord(word) && !SHARED.has(word)) people += 1
  }
  return { words, machine, people: people + somebody, somebody }
}

function countOf(pattern: RegExp, text: string): number {
  let count = 0
  pattern.lastIndex = 0
  while (pattern.exec(text) !== null) count += 1
  return count
}

/** Source code, records, queries, and texts about software: nobody's health is spoken of. */
export function isMachine({ words, machine, people }: Signs): boolean {
  // A line or two have room for fewer.
  const least = people === 0 && words <= SHORT ? 2 : 3
  if (machine < least || people * 4 > machine) return false
  return machine * (people === 0 ? 12 : 7) >= words
}

/** Whatever hints at a person or at a clinic, also in the name of a column; a text without it tells dates of nobody. */
const HINT =
  /(?<!\p{L})(?:he|she|him|his|her|hers|i|my|me|we|our|us|you|your|who|mr|mrs|(?<!\d )ms|miss|name|age|sex|gender|mother|father|mom|dad|wife|husband|son|daughter|sister|brother|baby|child|man|woman|male|female|boy|girl|mg|mcg|ml|mmhg|bp|hr|bpm|labs?|wbc|hgb|rx|dx|hx|tx|sx|icd|cpt|mri|ct|(?<!r-)xr|cxr|ekg|ecg|pcp|er|ed|icu|pain|fever|dose|doses|dosing|ward|bed|note|notes|call|called|scan|surgery|therapy|claims?|member|subscriber|injury|accident|death|died|born|flight|hotel|school|passport|licen[cs]e)(?!\p{L})|patient|encounter|admit|admiss|dob(?!e)|birth|diagnos|clinic|hospital|physician|doctor|nurse|medic|symptom|prescri|discharg|appoint|vaccin|(?<![\p{L}\p{N}])[A-TV-Z]\d\d\.\d/iu

export function hintsAtSomebody(text: string): boolean {
  return HINT.test(text)
}
