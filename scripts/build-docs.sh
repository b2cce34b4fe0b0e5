#!/usr/bin/env bash
# Builds the documentation of every library; a warning is an error.
set -euo pipefail
cd "$(dirname "$0")/.."
export MOOD_DOCC=1
mkdir -p .build/docs
for target in Tensor WeightLoader ResNetV2 ImageDecoding FaceFinder MoodValues MoodVision \
  MoodRecommend FeedbackStore; do
  swift package --allow-writing-to-directory .build/docs generate-documentation \
    --target "$target" --output-path ".build/docs/$target" --warnings-as-errors \
    --transform-for-static-hosting --hosting-base-path "$target" >.build/docs/log 2>&1 ||
    { cat .build/docs/log; exit 1; }
  echo "$target: .build/docs/$target"
done
