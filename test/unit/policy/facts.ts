import type { FindingFact, PolicyInput, ProfileInput } from '../../../src/schema/index.ts'

/** Inputs of policy in which nothing was found; the tests change what they are about. */
export function profileInput(changes: Partial<ProfileInput> = {}): ProfileInput {
  return {
    version: 1,
    direction: 'request',
    principal: {
      id: 'https://issuer.example|svc',
      kind: 'service_account',
      scopes: ['claude:invoke'],
      groups: [],
      onBehalfOf: null,
      purpose: null,
      claims: {},
    },
    connection: { name: 'claude', labels: { baa: true } },
    ...changes,
  }
}

export function policyInput(changes: Partial<PolicyInput> = {}): PolicyInput {
  return {
    ...profileInput(),
    now: '2026-01-01T00:00:00Z',
    request: {
      operation: 'messages.create',
      model: 'claude-test',
      stream: false,
      session: 's',
      tools: [],
      serverTools: [],
      mcpServers: [],
      features: [],
      betas: [],
      messages: 1,
      characters: 10,
      acceptMasked: false,
    },
    signals: [],
    findings: [],
    totals: {},
    masking: { fields: 0, byType: {} },
    patients: 0,
    uninspectable: [],
    usage: { requestsLastMinute: 0, tokensToday: 0 },
    ...changes,
  }
}

export const masked = { fields: 1, byType: { US_SSN: 1 } }

export const openSignal = {
  name: 'full-chart-summary',
  message: `hmac:${'0'.repeat(64)}`,
  granted: false,
}

export function findingIn(place: FindingFact['place']): FindingFact {
  return {
    type: 'US_SSN',
    path: '/messages/0/content',
    role: 'user',
    place,
    score: 0.9,
    count: 1,
    operator: 'redact',
  }
}
