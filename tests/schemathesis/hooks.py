"""What schemathesis loads (SCHEMATHESIS_HOOKS takes one module)."""

import fitting  # noqa: F401
import formats  # noqa: F401
import signed  # noqa: F401
