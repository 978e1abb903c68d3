const words: Readonly<Record<string, string>> = {
  exists: 'is there',
  status: 'status',
  activeServices: 'services in it',
  runningTasks: 'running tasks',
  desiredCount: 'desired count',
  taskDefinitionArn: 'task definition',
  deploymentId: 'deployment',
  desiredStatus: 'desired status',
  latestRevision: 'newest revision',
  id: 'id',
  type: 'type',
  discoveryServices: 'discovery services in it',
  instances: 'registered instances',
}

/** `desired count`: a fact of a subject, for a person. */
export const factName = (fact: string): string => (Object.hasOwn(words, fact) ? words[fact] : fact) ?? fact

/** `web:7`: what a fact is, for a person; ARNs by their last part. */
export const factValue = (value: string): string =>
  value.startsWith('arn:') ? value.slice(value.lastIndexOf('/') + 1) : value
