"""Fits a network's weights to another input size; NumPy alone."""

import numpy as np


def refit(values, side):
    """`values` for another input size: only the first dense kernel, [h·w·C, 64], depends on it.

    Its h × w grid is resampled bilinearly and scaled, so that a constant map gives the same sum.
    """
    kernel, channels = values["dense/kernel"], len(values["batch_normalization/gamma"])
    old, new = round((len(kernel) // channels) ** 0.5), -(-side // 32)
    if old == new:
        return values
    places = np.clip((np.arange(new) + 0.5) * old / new - 0.5, 0, old - 1)
    low = np.minimum(places.astype(int), max(old - 2, 0))
    high = np.minimum(low + 1, old - 1)
    spread = np.zeros((new, old), "f4")
    spread[np.arange(new), low] += 1 - (places - low)
    spread[np.arange(new), high] += places - low
    grid = kernel.reshape(old, old, channels, -1)
    grid = np.einsum("ai,bj,ijcd->abcd", spread, spread, grid) * (old / new) ** 2
    return values | {"dense/kernel": grid.reshape(new * new * channels, -1).astype("f4")}
