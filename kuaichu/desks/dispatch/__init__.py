"""The dispatch desk: who is on duty where, who is sent to an accident, and how a scene is kept."""
