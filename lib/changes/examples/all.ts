import type { DeployExampleInput, ExampleId } from '../inputs/examples'
import { copilot } from './copilot'
import type { Example, ExampleCall, ExampleService } from './example'
import { serviceToService } from './service-to-service'
import { serviceToServiceConnect } from './service-to-service-connect'
import { yelb } from './yelb'
import { yelbConnect } from './yelb-connect'

/** By id. */
export const examples: { readonly [Id in ExampleId]: Example<Id> } = {
  'service-to-service': serviceToService,
  copilot,
  yelb,
  'service-to-service-connect': serviceToServiceConnect,
  'yelb-connect': yelbConnect,
}

/** The examples in the order of the gallery. */
export const gallery = [serviceToService, copilot, yelb, serviceToServiceConnect, yelbConnect] as const

/** The services of an example with its parameters filled in, callees first. */
export function servicesOf(input: DeployExampleInput): readonly ExampleService[] {
  switch (input.example) {
    case 'service-to-service':
      return serviceToService.services(input)
    case 'copilot':
      return copilot.services(input)
    case 'yelb':
      return yelb.services(input)
    case 'service-to-service-connect':
      return serviceToServiceConnect.services(input)
    case 'yelb-connect':
      return yelbConnect.services(input)
  }
}

/** What "Test all calls" asks: one entry per declared line. */
export const callsOf = (id: ExampleId): readonly ExampleCall[] => examples[id].calls

/** The family that an example registers its task definitions in; its own, so that removing it touches no other's. */
export const familyOf = (service: string): string => `example-${service}`

/** On what an example makes: its id. */
export const EXAMPLE_TAG = 'switchboard:example'
