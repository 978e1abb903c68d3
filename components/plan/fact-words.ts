import type { Difference } from '@/lib/plan/seen'

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

/** `service web: desired count`. */
export const factWords = ({ subject, fact }: Pick<Difference, 'subject' | 'fact'>): string =>
  `${subject}: ${words[fact] ?? fact}`
