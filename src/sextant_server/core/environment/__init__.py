"""Settings from the environment: what there is, how it is read, what is refused."""

from sextant_server.core.environment.problem import Problem, UnsafeSettings
from sextant_server.core.environment.reading import Environment, read
from sextant_server.core.environment.variables import VARIABLES, Variable

__all__ = ["VARIABLES", "Environment", "Problem", "UnsafeSettings", "Variable", "read"]
