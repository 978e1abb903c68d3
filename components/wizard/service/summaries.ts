import { cpuLabel, memoryLabel } from '@/lib/changes/fields/fargate-sizes'
import { isConnected, isRegistered, type ServiceValues } from './values'

const lastPart = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1)

const imageName = (image: string) => image.slice(image.lastIndexOf('/') + 1)

/** `default · user-service:latest` */
export function describeStart({ cluster, taskDefinition }: ServiceValues): string {
  const place = cluster.kind === 'new' ? `new ${cluster.cluster.name}` : lastPart(cluster.arn)
  const what =
    taskDefinition.kind === 'form'
      ? imageName(taskDefinition.form.containers[0]?.image ?? '')
      : taskDefinition.kind === 'existing'
        ? lastPart(taskDefinition.arn)
        : 'from JSON'
  return [place, what].filter(Boolean).join(' · ')
}

/** `user-service, 0.25 vCPU, 0.5 GB` */
export function describeTask({ taskDefinition }: ServiceValues): string {
  if (taskDefinition.kind !== 'form') return 'as it stands'
  const { family, cpu, memoryMib, containers } = taskDefinition.form
  const more = containers.length > 1 ? `, ${containers.length} containers` : ''
  return `${family}, ${cpuLabel(cpu)}, ${memoryLabel(memoryMib)}${more}`
}

/** `service discovery: backend-api`, `Service Connect: user-svc:80` */
export function describeFound(values: ServiceValues): string {
  const { registry, serviceConnect } = values
  const [endpoint] = serviceConnect.endpoints
  const parts = [
    isRegistered(values) &&
      (registry.kind === 'new' ? `new name ${registry.service.name}` : 'service discovery'),
    isConnected(values) &&
      `Service Connect: ${endpoint?.aliasDnsName || endpoint?.discoveryName || endpoint?.portName || ''}`,
  ]
  return parts.filter(Boolean).join(', ') || 'not at all'
}
