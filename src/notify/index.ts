export { openNotifier, type Endpoint, type Notifier, type NotifierOptions } from './notifier.ts'
export type { Post } from './queue.ts'
export { webhookSecret, type WebhookKey } from './sign.ts'
