export { startSimulator, type Handler, type Simulator, type SimulatorOptions } from './simulator.ts'
export type { ReceivedRequest } from './receive.ts'
export type { MessagesRequest } from './request.ts'
