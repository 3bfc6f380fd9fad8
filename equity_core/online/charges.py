"""What an objective asks of an hour: what stands anyway, and what each fairness term may add."""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

from equity_core.arrays import Floats, Integers
from equity_core.measures.term import FairnessTerm
from equity_core.model.instance import Instance


class Charges(NamedTuple):
    """The objective as the kernels read it. N sites, K footprints, M fairness terms.

    scale      [1 + K, N] cost and burdens of the physics times scale are those of the scenario
    base       [1 + K, N] what a unit counts before any fairness term: cost and levies, scaled
    quantity   [M] the measure that a term looks at
    worth      [M, N] what a scenario's unit counts at most: fairness weight times lens
    most       [M] the largest share of its weight that a term may put on one region
    exponent   [M] q of an L_q norm; 0 for the worst and the worst share
    """

    scale: Floats
    base: Floats
    quantity: Integers
    worth: Floats
    most: Floats
    exponent: Floats


def charges_of(instance: Instance) -> Charges:
    """The charges of an instance without limits."""
    terms = fairness_terms(instance)
    worth = [term.weight * term.lens for term in terms]
    return Charges(
        np.ascontiguousarray(instance.scale),
        np.ascontiguousarray(instance.objective.coefficients * instance.scale),
        np.array([term.quantity for term in terms], dtype=np.int64),
        np.array(worth).reshape(len(terms), instance.scale.shape[1]),
        np.array([term.most_share for term in terms], dtype=np.float64),
        np.array([term.exponent for term in terms], dtype=np.float64),
    )


def fairness_terms(instance: Instance) -> list[FairnessTerm]:
    """The terms of an objective that measure inequality, in its order."""
    return [term for term in instance.objective.terms if isinstance(term, FairnessTerm)]


def duals_of(charges: Charges, gamma: Floats, footprints: int) -> Floats:
    """[T, K, N] what a unit counts at each region besides `base`, from the shares [T, M, N]."""
    duals = np.zeros((len(gamma), footprints, charges.scale.shape[1]))
    for term, quantity in enumerate(charges.quantity):
        duals[:, quantity - 1] += gamma[:, term] * charges.worth[term]
    return duals


@numba.njit(cache=True, nogil=True)
def weigh(charges: Charges, gamma: Floats, weights: Floats) -> None:
    """Write into `weights` [1 + K, N] what a MWh counts by, at the shares `gamma` [M, N]."""
    weights[:] = charges.base
    for m in range(charges.quantity.size):
        q = charges.quantity[m]
        for i in range(charges.worth.shape[1]):
            weights[q, i] += gamma[m, i] * charges.worth[m, i] * charges.scale[q, i]


@numba.njit(cache=True, nogil=True)
def hourly_charge(
    charges: Charges, m: int, intensity: Floats, load: Floats, charge: Floats
) -> None:
    """Write into `charge` [N] the USD that term m sees in an hour: mu v f y at every region."""
    q = charges.quantity[m]
    for i in range(charge.size):
        burden = charges.scale[q, i] * intensity[q - 1, i] * load[i]
        charge[i] = charges.worth[m, i] * burden
