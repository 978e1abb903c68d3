import { attribute, block, jsonText, mapFrom, type Shape, spread } from './shape'

const authorization = (...names: readonly (readonly [member: string, argument: string])[]) =>
  block(
    'authorization_config',
    Object.fromEntries(names.map(([member, argument]) => [member, attribute(argument)])),
  )

const volume: Shape = {
  name: attribute('name'),
  host: spread({ sourcePath: attribute('host_path') }),
  configuredAtLaunch: attribute('configure_at_launch'),
  dockerVolumeConfiguration: block('docker_volume_configuration', {
    scope: attribute('scope'),
    autoprovision: attribute('autoprovision'),
    driver: attribute('driver'),
    driverOpts: attribute('driver_opts'),
    labels: attribute('labels'),
  }),
  efsVolumeConfiguration: block('efs_volume_configuration', {
    fileSystemId: attribute('file_system_id'),
    rootDirectory: attribute('root_directory'),
    transitEncryption: attribute('transit_encryption'),
    transitEncryptionPort: attribute('transit_encryption_port'),
    authorizationConfig: authorization(['accessPointId', 'access_point_id'], ['iam', 'iam']),
  }),
  s3filesVolumeConfiguration: block('s3files_volume_configuration', {
    fileSystemArn: attribute('file_system_arn'),
    rootDirectory: attribute('root_directory'),
    transitEncryptionPort: attribute('transit_encryption_port'),
    accessPointArn: attribute('access_point_arn'),
  }),
  fsxWindowsFileServerVolumeConfiguration: block('fsx_windows_file_server_volume_configuration', {
    fileSystemId: attribute('file_system_id'),
    rootDirectory: attribute('root_directory'),
    authorizationConfig: authorization(
      ['credentialsParameter', 'credentials_parameter'],
      ['domain', 'domain'],
    ),
  }),
}

/** Arguments as in the AWS provider's documentation, aws_ecs_task_definition. */
export const taskDefinition: Shape = {
  family: attribute('family'),
  taskRoleArn: attribute('task_role_arn'),
  executionRoleArn: attribute('execution_role_arn'),
  networkMode: attribute('network_mode'),
  requiresCompatibilities: attribute('requires_compatibilities'),
  cpu: attribute('cpu'),
  memory: attribute('memory'),
  pidMode: attribute('pid_mode'),
  ipcMode: attribute('ipc_mode'),
  enableFaultInjection: attribute('enable_fault_injection'),
  containerDefinitions: jsonText('container_definitions'),
  runtimePlatform: block('runtime_platform', {
    cpuArchitecture: attribute('cpu_architecture'),
    operatingSystemFamily: attribute('operating_system_family'),
  }),
  ephemeralStorage: block('ephemeral_storage', { sizeInGiB: attribute('size_in_gib') }),
  placementConstraints: block('placement_constraints', {
    type: attribute('type'),
    expression: attribute('expression'),
  }),
  proxyConfiguration: block('proxy_configuration', {
    containerName: attribute('container_name'),
    type: attribute('type'),
    properties: mapFrom('properties', 'name', 'value'),
  }),
  volumes: block('volume', volume),
  tags: mapFrom('tags', 'key', 'value'),
}
