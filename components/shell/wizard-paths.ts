/** Where the wizards are, and what they are called in menus. */
export const wizardPaths = {
  namespace: {
    href: '/create/namespace',
    name: 'Namespace',
    hint: 'holds the names of services that belong together',
  },
  discoveryService: {
    href: '/create/discovery-service',
    name: 'Discovery service',
    hint: 'a name under which instances register',
  },
  service: { href: '/create/service', name: 'ECS service', hint: 'keeps tasks running, and findable' },
  cluster: { href: '/create/cluster', name: 'Cluster', hint: 'a place for services and tasks' },
} as const
