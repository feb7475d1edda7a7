import Plenary
