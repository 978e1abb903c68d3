import type { Service } from '@aws-sdk/client-ecs'
import type { ConnectSettings, RegistrySettings, ServiceDetails } from '@/lib/changes/world'
import { list, textOrNull } from '@/lib/inventory/loose'
import type { CommandInputs } from '@/lib/plan/command'
import { isInputOf } from '@/lib/plan/modelled-input'

type UpdateService = CommandInputs['ecs:UpdateService']

/** What a change could send back as it is; null when the endpoint answered something that AWS's API would not take. */
function sendable(settings: Pick<UpdateService, 'serviceConnectConfiguration' | 'serviceRegistries'>) {
  // The SDK's own objects may hold undefined members; a plan is plain JSON.
  const input: unknown = JSON.parse(JSON.stringify({ service: 'any', ...settings }))
  return isInputOf('ecs:UpdateService', input) ? input : null
}

function connectOf(service: Service): ConnectSettings | null {
  const primary = list(service.deployments).find(({ status }) => status === 'PRIMARY')
  const configuration = primary?.serviceConnectConfiguration
  if (configuration?.enabled !== true) return null
  return sendable({ serviceConnectConfiguration: configuration })?.serviceConnectConfiguration ?? null
}

function registriesOf(service: Service): RegistrySettings {
  return sendable({ serviceRegistries: list(service.serviceRegistries) })?.serviceRegistries ?? []
}

function networkOf(service: Service): ServiceDetails['network'] {
  const vpc = service.networkConfiguration?.awsvpcConfiguration
  if (!vpc) return null
  return {
    subnets: list(vpc.subnets),
    securityGroups: list(vpc.securityGroups),
    assignPublicIp: vpc.assignPublicIp === 'ENABLED',
  }
}

/** A service in full. Total; what cannot be sent back as it is counts as not there. */
export const detailsFromEcs = (service: Service): ServiceDetails => ({
  connect: connectOf(service),
  registries: registriesOf(service),
  network: networkOf(service),
  deploymentController: textOrNull(service.deploymentController?.type) ?? 'ECS',
  platformVersion: textOrNull(service.platformVersion),
  deploymentUnderWay: textOrNull(service.currentServiceDeployment),
})
