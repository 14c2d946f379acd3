import assert from 'node:assert/strict'
import { GatewayError, type Clock, type ErrorCode } from '../../../src/domain/index.ts'
import {
  NOTHING_OFFERED,
  refusalForDecision,
  refusalForError,
} from '../../../src/gateway/error-response.ts'
import {
  createAdmission,
  createRecentRefusals,
  createUnseenBytes,
} from '../../../src/gateway/index.ts'
import { routeOf } from '../../../src/gateway/route.ts'
import { validate, type Decision } from '../../../src/schema/index.ts'

const STATUS: Readonly<Record<ErrorCode, number>> = {
  'invalid-request': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'body-too-large': 413,
  'unsupported-encoding': 415,
  'policy-denied': 451,
  'approval-required': 451,
  'approval-denied': 451,
  'approval-expired': 451,
  conflict: 409,
  'surface-closed': 451,
  'operation-not-allowed': 451,
  'model-not-allowed': 451,
  'policy-unavailable': 451,
  'too-busy': 429,
  'limit-requests-per-minute': 429,
  'limit-concurrent': 429,
  'limit-tokens-per-day': 429,
  'limit-patients-per-day': 429,
  'principal-blocked': 451,
  'inspection-failed': 451,
  'upstream-refused': 502,
  'upstream-cut': 502,
  'upstream-garbage': 502,
  'upstream-timeout': 504,
  'audit-unavailable': 503,
  'store-unavailable': 503,
  'issuer-unavailable': 503,
  'policy-changed': 503,
  draining: 503,
  internal: 500,
}

function code(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    return error instanceof GatewayError ? error.code : 'another error'
  }
  return 'none'
}

describe('the refusal for an error', () => {
  for (const [name, status] of Object.entries(STATUS)) {
    it(`fits the schema and has its status: ${name}`, () => {
      const error = new GatewayError(name as ErrorCode, 'what is wrong', { retryAfter: 7 })
      const refusal = refusalForError(error, 'dec_1')
      assert.equal(refusal.status, status)
      assert.deepEqual(validate('error', refusal.envelope), {
        type: 'error',
        request_id: 'dec_1',
        error: {
          type: error.type,
          message: 'what is wrong',
          // Refused for who asks: the reason is told as one of policy is.
          ...(/^(?:limit|principal)-/.test(name)
            ? {
                phigate: {
                  decisionId: 'dec_1',
                  outcome: 'deny',
                  reasons: [{ code: name, message: 'what is wrong' }],
                  removed: [],
                },
              }
            : {}),
        },
      })
      const retried = status >= 500 || status === 429 || status === 401
      assert.deepEqual(refusal.headers, {
        'request-id': 'dec_1',
        'x-phigate-decision-id': 'dec_1',
        'retry-after': '7',
        ...(retried ? {} : { 'x-should-retry': 'false' }),
        ...(status === 451 ? { 'x-phigate-decision': 'deny' } : {}),
        ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      })
    })
  }

  it('does not let a client wait for longer than a minute', () => {
    const headersAfter = (retryAfter: number): Readonly<Record<string, string>> => {
      const error = new GatewayError('limit-tokens-per-day', 'no more today', { retryAfter })
      return refusalForError(error, 'dec_1').headers
    }
    assert.equal(headersAfter(60)['x-should-retry'], undefined)
    assert.equal(headersAfter(61)['x-should-retry'], 'false')
    assert.equal(headersAfter(61)['retry-after'], '61')
  })

  it('says no time to wait where there is none, and nothing of the cause', () => {
    const error = new GatewayError('internal', 'phigate failed', { cause: new Error('a secret') })
    const refusal = refusalForError(error, 'dec_1')
    assert.equal(refusal.headers['retry-after'], undefined)
    assert.ok(!JSON.stringify(refusal).includes('secret'))
  })
})

describe('the refusal for a decision', () => {
  const deny: Decision = {
    outcome: 'deny',
    reasons: [
      { code: 'one', message: 'First.' },
      { code: 'two', message: 'Second.', rule: 'teams/x' },
    ],
    approval: [],
  }
  const field = (index: number, type: 'PERSON' | 'US_SSN') =>
    ({ path: `/messages/${index}/content`, type, operator: 'redact' }) as const

  it('is 451 with reasons, and is not to be sent again', () => {
    const refusal = refusalForDecision(deny, 'dec_1', NOTHING_OFFERED)
    assert.equal(refusal.status, 451)
    assert.deepEqual(refusal.headers, {
      'request-id': 'dec_1',
      'x-should-retry': 'false',
      'x-phigate-decision-id': 'dec_1',
      'x-phigate-decision': 'deny',
    })
    const { error } = validate('error', refusal.envelope)
    assert.equal(error.type, 'policy_denied')
    assert.equal(error.message, 'Blocked by policy: First. Second.')
    assert.deepEqual(error.phigate, {
      decisionId: 'dec_1',
      outcome: 'deny',
      reasons: deny.reasons,
      removed: [],
    })
  })

  it('names the fields where a masked body would pass', () => {
    const removed = [field(0, 'US_SSN'), field(0, 'PERSON'), field(1, 'PERSON')]
    const message = (fields: typeof removed): string => {
      const details = { removed: fields, acceptable: true, sanitized: '{"messages":[]}' }
      const { envelope } = refusalForDecision(deny, 'dec_1', details)
      validate('error', envelope)
      assert.deepEqual(envelope.error.phigate?.sanitized, { messages: [] })
      return envelope.error.message
    }
    assert.match(
      message(removed),
      /^Blocked by policy: 2 fields would have to be removed: \/messages\/0\/content \(US_SSN, PERSON\), \/messages\/1\/content \(PERSON\)\. Send it without them, or with header x-phigate-accept-masked: true\.$/,
    )
    assert.match(message([field(0, 'PERSON')]), /: 1 field would/)
    const many = Array.from({ length: 25 }, (_, index) => field(index, 'PERSON'))
    assert.match(message(many), /: 25 fields .* and 5 more\. Send/)
  })

  it('names the fields where the profile offers no masked body: the header passes as well', () => {
    const details = { removed: [field(0, 'PERSON')], acceptable: true, sanitized: undefined }
    const { error } = refusalForDecision(deny, 'dec_1', details).envelope
    assert.match(error.message, /1 field .*\/messages\/0\/content \(PERSON\).*accept-masked/)
    assert.ok(error.phigate !== undefined && !('sanitized' in error.phigate))
  })

  it('says the reasons alone where masks would not help', () => {
    const details = { removed: [field(0, 'PERSON')], acceptable: false, sanitized: undefined }
    const { error } = refusalForDecision(deny, 'dec_1', details).envelope
    assert.equal(error.message, 'Blocked by policy: First. Second.')
  })

  it('is another kind where an approval would do', () => {
    const asks: Decision = { ...deny, outcome: 'require-approval' }
    const refusal = refusalForDecision(asks, 'dec_1', NOTHING_OFFERED)
    assert.equal(refusal.status, 451)
    assert.equal(refusal.headers['x-phigate-decision'], 'require-approval')
    const { error } = validate('error', refusal.envelope)
    assert.equal(error.type, 'approval_required')
    assert.equal(error.message, 'Approval required: First. Second.')
    assert.equal(error.phigate?.outcome, 'require-approval')
  })

  it('is a denial whatever other outcome comes here', () => {
    for (const outcome of ['allow', 'mask'] as const) {
      const odd = refusalForDecision({ ...deny, outcome }, 'd', NOTHING_OFFERED)
      assert.equal(odd.envelope.error.type, 'policy_denied')
    }
  })
})

describe('routeOf', () => {
  it('matches by path alone, below a connection or not', () => {
    assert.deepEqual(routeOf('POST', '/v1/messages?beta=true&x=1'), {
      connection: undefined,
      operation: 'messages.create',
      path: '/v1/messages',
      query: [
        ['beta', 'true'],
        ['x', '1'],
      ],
    })
    const named = routeOf('POST', '/c/claude-strict/v1/messages/count_tokens')
    assert.deepEqual(
      [named.connection, named.operation, named.path],
      ['claude-strict', 'messages.count_tokens', '/v1/messages/count_tokens'],
    )
    assert.equal(routeOf('GET', '/v1/models').operation, 'models.list')
    assert.equal(routeOf('GET', '/v1/models/claude-x').operation, 'models.get')
  })

  it('closes what keeps data at the upstream or runs code there', () => {
    const closed = [
      'POST /v1/messages/batches',
      'GET /v1/messages/batches/b_1/results',
      'POST /v1/files',
      'GET /c/claude/v1/files/f/content',
      'GET /v1/skills',
      'POST /v1/agents',
      'POST /v1/complete',
      'GET /v1/organizations/me',
    ]
    for (const one of closed) {
      const [method = '', url = ''] = one.split(' ')
      assert.equal(
        code(() => routeOf(method, url)),
        'surface-closed',
      )
    }
  })

  it('knows no other path or method, however it is written', () => {
    const unknown = [
      'GET /v1/messages',
      'PUT /v1/messages',
      'post /v1/messages',
      'POST /v1/messages/',
      'POST /V1/messages',
      'POST //v1/messages',
      'POST /v1//messages',
      'POST /v1/messages%2F',
      'POST /c/Claude/v1/messages',
      'POST /c//v1/messages',
      'POST /c/a/c/b/v1/messages',
      'POST http://x.example/v1/messages',
      'POST //x.example/v1/messages',
      'POST *',
      'GET /v1/models/a/b',
      'GET /v1/models/..%2Ffiles',
      'POST /v1/models',
      'GET /',
      'GET /v1/filesystem',
    ]
    for (const one of unknown) {
      const [method = '', url = ''] = one.split(' ')
      assert.equal(
        code(() => routeOf(method, url)),
        'not-found',
        one,
      )
    }
  })

  it('takes dots out of the path before it looks', () => {
    assert.equal(routeOf('POST', '/v1/files/../messages').path, '/v1/messages')
    assert.equal(
      code(() => routeOf('POST', '/v1/messages/../files')),
      'surface-closed',
    )
  })
})

describe('admission', () => {
  it('takes bytes until the limit, and again when they are given back', () => {
    const admission = createAdmission(() => 100)
    const one = admission.enter(60)
    assert.equal(
      code(() => admission.enter(41)),
      'too-busy',
    )
    const two = admission.enter(40)
    assert.equal(
      code(() => two.grow(1)),
      'too-busy',
    )
    one.leave()
    one.leave()
    two.grow(60)
    assert.equal(
      code(() => admission.enter(1)),
      'too-busy',
    )
    two.leave()
    admission.enter(100).leave()
  })

  it('lets one in that is larger than the limit, when it is alone', () => {
    const admission = createAdmission(() => 100)
    const large = admission.enter(500)
    assert.equal(
      code(() => admission.enter(1)),
      'too-busy',
    )
    large.leave()
    const small = admission.enter(1)
    assert.equal(
      code(() => admission.enter(500)),
      'too-busy',
    )
    small.leave()
  })

  it('says when to come again', () => {
    const admission = createAdmission(() => 10)
    admission.enter(10)
    assert.throws(
      () => admission.enter(1),
      (error) => error instanceof GatewayError && error.retryAfter === 1,
    )
  })
})

describe('recent refusals', () => {
  const refusal = refusalForError(new GatewayError('policy-denied', 'no'), 'dec_1')

  it('are found for two minutes, by session and content', () => {
    let now = 1000
    const clock: Clock = { now: () => now }
    const recent = createRecentRefusals(clock)
    recent.remember('ses_a', 'sha256:1', refusal)
    assert.equal(recent.find('ses_a', 'sha256:1'), refusal)
    assert.equal(recent.find('ses_b', 'sha256:1'), undefined)
    assert.equal(recent.find('ses_a', 'sha256:2'), undefined)
    now += 119_999
    assert.equal(recent.find('ses_a', 'sha256:1'), refusal)
    now += 1
    assert.equal(recent.find('ses_a', 'sha256:1'), undefined)
    now -= 1
    assert.equal(recent.find('ses_a', 'sha256:1'), undefined)
  })

  it('are forgotten, the oldest first, where there are too many', () => {
    const recent = createRecentRefusals({ now: () => 0 })
    for (let number = 0; number <= 10_000; number += 1) {
      recent.remember('ses', `sha256:${number}`, refusal)
    }
    assert.equal(recent.find('ses', 'sha256:0'), undefined)
    assert.equal(recent.find('ses', 'sha256:1'), refusal)
    assert.equal(recent.find('ses', 'sha256:10000'), refusal)
  })
})

describe('unseen bytes', () => {
  it('are what a session sends more than the last time', () => {
    const unseen = createUnseenBytes()
    assert.equal(unseen.estimate('a', 1000), 1000)
    assert.equal(unseen.estimate('a', 1200), 200)
    assert.equal(unseen.estimate('a', 1200), 0)
    assert.equal(unseen.estimate('b', 1200), 1200)
    // A shorter one is another conversation.
    assert.equal(unseen.estimate('a', 900), 900)
    assert.equal(unseen.estimate('a', 1000), 100)
  })

  it('forget the session that was silent for longest', () => {
    const unseen = createUnseenBytes()
    for (let number = 0; number < 10_000; number += 1) unseen.estimate(`s${number}`, 10)
    unseen.estimate('s0', 10)
    unseen.estimate('new', 10)
    assert.equal(unseen.estimate('s0', 10), 0)
    assert.equal(unseen.estimate('s1', 10), 10)
  })
})
