import { lastPart } from '@/lib/inventory/arn'

/** Members that name what a call is about, the most telling first. */
const naming = [
  'serviceName',
  'service',
  'task',
  'clusterName',
  'family',
  'taskDefinition',
  'taskDefinitions',
  'Name',
  'InstanceId',
  'Id',
  'cluster',
]

/** What a call is about, in a word: `web`, `production.local`, `web:3`. Empty when its input does not say. */
export function subjectOfCall(input: unknown): string {
  if (typeof input !== 'object' || input === null) return ''
  // `…:service-deployment/<cluster>/<service>/<id>`: the id tells nobody anything.
  const deployment: unknown = Reflect.get(input, 'serviceDeploymentArn')
  if (typeof deployment === 'string') return (deployment.split('/').at(-2) ?? '').slice(0, 255)
  for (const name of naming) {
    const value: unknown = Reflect.get(input, name)
    const first: unknown = Array.isArray(value) ? value[0] : value
    if (typeof first === 'string' && first !== '') return lastPart(first).slice(0, 255)
  }
  return ''
}
