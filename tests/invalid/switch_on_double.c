void f(double d)
{
    switch (d) { //~ ERROR FH1203
    case 1:;
    }
}
