"""Running programs: prepared, named, started, watched, waited for."""
