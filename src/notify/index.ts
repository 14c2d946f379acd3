export {
  openNotifier,
  type Endpoint,
  type Notifier,
  type NotifierOptions,
  type Post,
} from './notifier.ts'
export { webhookSecret, type WebhookKey } from './sign.ts'
