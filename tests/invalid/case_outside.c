void f(void)
{
    case 1:; //~ ERROR FH1210
}
