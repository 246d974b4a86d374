export { blurredInput, bodyCells, type NetworkInput, randomRegion, withoutRegion } from './deletion.ts';
export { type FeatureMap, type ImageHeat, imageHeat } from './grad-cam.ts';
export { type Grid, hottest, resized } from './grid.ts';
export { featureNodeOf, type Head, headOf } from './head.ts';
export { heatMapOn } from './heat-map.ts';
export { type Case, type CaseBase, caseBase, nearestCases } from './neighbours.ts';
export { type CascadeStep, cascade, shuffledWeights } from './randomise.ts';
export { rankCorrelation } from './ranks.ts';
