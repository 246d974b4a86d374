/** File names of a workspace. */
export const workspaceNames = {
  config: 'config.yaml',
  params: 'params.yaml',
  pipeline: 'dvc.yaml',
  lock: 'dvc.lock',
  state: '.hilum',
} as const;
