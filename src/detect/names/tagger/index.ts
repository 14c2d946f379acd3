export { TAGGED } from './recognizers.ts'
