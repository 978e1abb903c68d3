import type { Change } from './change'
import { planConnect } from './connect/plan-connect'
import { type ServiceConnectInput, serviceConnectInput } from './inputs/service-connect'

/** Service Connect of one service: off, client only, or client and server; its clients are moved along if wished. */
export const serviceConnect: Change<ServiceConnectInput> = {
  kind: 'service-connect',
  schema: serviceConnectInput,
  plan: (input, world) => planConnect(input, world),
}
