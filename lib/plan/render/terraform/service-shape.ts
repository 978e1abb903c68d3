import { attribute, block, converted, isText, mapFrom, type Shape, spread, within } from './shape'

const logConfiguration = block('log_configuration', {
  logDriver: attribute('log_driver'),
  options: attribute('options'),
  secretOptions: block('secret_option', { name: attribute('name'), valueFrom: attribute('value_from') }),
})

const serviceConnect: Shape = {
  enabled: attribute('enabled'),
  namespace: attribute('namespace'),
  logConfiguration,
  services: block('service', {
    portName: attribute('port_name'),
    discoveryName: attribute('discovery_name'),
    ingressPortOverride: attribute('ingress_port_override'),
    clientAliases: block('client_alias', {
      port: attribute('port'),
      dnsName: attribute('dns_name'),
      testTrafficRules: block('test_traffic_rules', {
        header: block('header', {
          name: attribute('name'),
          value: block('value', { exact: attribute('exact') }),
        }),
      }),
    }),
    timeout: block('timeout', {
      idleTimeoutSeconds: attribute('idle_timeout_seconds'),
      perRequestTimeoutSeconds: attribute('per_request_timeout_seconds'),
    }),
    tls: block('tls', {
      issuerCertificateAuthority: block('issuer_cert_authority', {
        awsPcaAuthorityArn: attribute('aws_pca_authority_arn'),
      }),
      kmsKey: attribute('kms_key'),
      roleArn: attribute('role_arn'),
    }),
  }),
}

const inDeployment = (name: string) => within('deployment_configuration', attribute(name))

/** What the API has in one structure stands in several places of the provider's. */
const deployment: Shape = {
  maximumPercent: attribute('deployment_maximum_percent'),
  minimumHealthyPercent: attribute('deployment_minimum_healthy_percent'),
  deploymentCircuitBreaker: block('deployment_circuit_breaker', {
    enable: attribute('enable'),
    rollback: attribute('rollback'),
  }),
  alarms: block('alarms', {
    alarmNames: attribute('alarm_names'),
    enable: attribute('enable'),
    rollback: attribute('rollback'),
  }),
  strategy: inDeployment('strategy'),
  bakeTimeInMinutes: inDeployment('bake_time_in_minutes'),
  lifecycleHooks: within(
    'deployment_configuration',
    block('lifecycle_hook', {
      hookTargetArn: attribute('hook_target_arn'),
      roleArn: attribute('role_arn'),
      lifecycleStages: attribute('lifecycle_stages'),
      hookDetails: attribute('hook_details'),
    }),
  ),
  linearConfiguration: within(
    'deployment_configuration',
    block('linear_configuration', {
      stepPercent: attribute('step_percent'),
      stepBakeTimeInMinutes: attribute('step_bake_time_in_minutes'),
    }),
  ),
  canaryConfiguration: within(
    'deployment_configuration',
    block('canary_configuration', {
      canaryPercent: attribute('canary_percent'),
      canaryBakeTimeInMinutes: attribute('canary_bake_time_in_minutes'),
    }),
  ),
}

const ebsVolume: Shape = {
  roleArn: attribute('role_arn'),
  encrypted: attribute('encrypted'),
  kmsKeyId: attribute('kms_key_id'),
  volumeType: attribute('volume_type'),
  sizeInGiB: attribute('size_in_gb'),
  snapshotId: attribute('snapshot_id'),
  volumeInitializationRate: attribute('volume_initialization_rate'),
  iops: attribute('iops'),
  throughput: attribute('throughput'),
  filesystemType: attribute('file_system_type'),
  tagSpecifications: block('tag_specifications', {
    resourceType: attribute('resource_type'),
    propagateTags: attribute('propagate_tags'),
    tags: mapFrom('tags', 'key', 'value'),
  }),
}

/** Arguments as in the AWS provider's documentation, aws_ecs_service. */
export const ecsService: Shape = {
  serviceName: attribute('name'),
  cluster: attribute('cluster'),
  taskDefinition: attribute('task_definition'),
  desiredCount: attribute('desired_count'),
  launchType: attribute('launch_type'),
  platformVersion: attribute('platform_version'),
  schedulingStrategy: attribute('scheduling_strategy'),
  availabilityZoneRebalancing: attribute('availability_zone_rebalancing'),
  enableECSManagedTags: attribute('enable_ecs_managed_tags'),
  enableExecuteCommand: attribute('enable_execute_command'),
  healthCheckGracePeriodSeconds: attribute('health_check_grace_period_seconds'),
  role: attribute('iam_role'),
  // The provider has no word for the API's NONE; leaving it out means the same.
  propagateTags: (value, body) => {
    if (value !== null && value !== 'NONE') body.attributes.push(['propagate_tags', { kind: 'value', value }])
  },
  networkConfiguration: spread({
    awsvpcConfiguration: block('network_configuration', {
      subnets: attribute('subnets'),
      securityGroups: attribute('security_groups'),
      assignPublicIp: converted('assign_public_ip', isText('ENABLED')),
    }),
  }),
  serviceRegistries: block('service_registries', {
    registryArn: attribute('registry_arn'),
    port: attribute('port'),
    containerName: attribute('container_name'),
    containerPort: attribute('container_port'),
  }),
  serviceConnectConfiguration: block('service_connect_configuration', serviceConnect),
  loadBalancers: block('load_balancer', {
    targetGroupArn: attribute('target_group_arn'),
    loadBalancerName: attribute('elb_name'),
    containerName: attribute('container_name'),
    containerPort: attribute('container_port'),
    advancedConfiguration: block('advanced_configuration', {
      alternateTargetGroupArn: attribute('alternate_target_group_arn'),
      productionListenerRule: attribute('production_listener_rule'),
      testListenerRule: attribute('test_listener_rule'),
      roleArn: attribute('role_arn'),
    }),
  }),
  capacityProviderStrategy: block('capacity_provider_strategy', {
    capacityProvider: attribute('capacity_provider'),
    weight: attribute('weight'),
    base: attribute('base'),
  }),
  deploymentConfiguration: spread(deployment),
  deploymentController: block('deployment_controller', { type: attribute('type') }),
  placementConstraints: block('placement_constraints', {
    type: attribute('type'),
    expression: attribute('expression'),
  }),
  placementStrategy: block('ordered_placement_strategy', {
    type: attribute('type'),
    field: attribute('field'),
  }),
  volumeConfigurations: block('volume_configuration', {
    name: attribute('name'),
    managedEBSVolume: block('managed_ebs_volume', ebsVolume),
  }),
  vpcLatticeConfigurations: block('vpc_lattice_configurations', {
    roleArn: attribute('role_arn'),
    targetGroupArn: attribute('target_group_arn'),
    portName: attribute('port_name'),
  }),
  tags: mapFrom('tags', 'key', 'value'),
}
